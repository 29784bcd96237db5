package org.latentspace.training.rhythm;

/**
 * One stroke as MIDI has it: when (quarter notes from the start of the piece), which key of the kit
 * (0..127), how hard (0..1, above 0).
 */
public record Note(double quarter, int key, float velocity) {}
