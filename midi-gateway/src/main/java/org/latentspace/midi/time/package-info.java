/**
 * When it is struck. Everything that is due is decided by {@link
 * org.latentspace.midi.time.Scheduler}, which knows no thread and no wall clock.
 */
package org.latentspace.midi.time;
