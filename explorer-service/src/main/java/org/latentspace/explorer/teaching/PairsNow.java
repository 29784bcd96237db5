package org.latentspace.explorer.teaching;

/**
 * What a change of several pairs has left.
 *
 * @param change what was done, in a few words
 * @param pairs that the performer has now
 * @param undoable changes that can be taken back
 */
public record PairsNow(String change, int pairs, int undoable) {}
