/** What a performer steers beside the rhythm. */
package org.latentspace.midi.control;
