package org.latentspace.explorer.place;

import org.latentspace.explorer.mapping.Network;

/**
 * How a performer begins.
 *
 * @param latentSize entries of a position, 2..32
 */
public record Settings(Mode mode, Sending sending, int latentSize, Network mapping) {}
