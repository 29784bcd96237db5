package org.latentspace.midi.time;

/**
 * State of one output port.
 *
 * @param address as configured
 * @param strokes struck since the start
 * @param dropped strokes that it could not take
 * @param status "ok", or what is missing
 */
public record PortState(String address, long strokes, long dropped, String status) {}
