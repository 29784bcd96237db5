/** What is to be struck: rhythms as they arrive, and as they are made ready for the clock. */
package org.latentspace.midi.rhythm;
