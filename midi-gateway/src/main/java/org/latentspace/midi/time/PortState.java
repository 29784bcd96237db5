package org.latentspace.midi.time;

/**
 * What one way out says of itself.
 *
 * @param address as configured
 * @param strokes struck since the start
 * @param dropped strokes that it could not take
 * @param weather "ok", or what is missing
 */
public record PortState(String address, long strokes, long dropped, String weather) {}
