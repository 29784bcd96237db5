package org.latentspace.audio.sound;

import org.latentspace.performer.Origin;

/** A numbered piece of a performer's sound, trimmed, ready to be sent; its end is the origin's. */
public record Block(Origin origin, Sound sound) {}
