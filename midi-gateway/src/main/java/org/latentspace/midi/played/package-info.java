/**
 * What has been played: loops are recognised in what the timing thread has struck, and equal ones
 * in a row are counted.
 */
package org.latentspace.midi.played;
