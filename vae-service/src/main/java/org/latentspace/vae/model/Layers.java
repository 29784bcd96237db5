package org.latentspace.vae.model;

import java.util.List;

/**
 * The two networks of a rhythm VAE.
 *
 * <pre>
 *   onset    -> [branch] -+                      latent -> [trunk] -+-> [onset]    -> sigmoid
 *   velocity -> [branch] -+-> [trunk] -> [mean]                     +-> [velocity] -> sigmoid
 *   offset   -> [branch] -+                                         +-> [offset]   -> tanh
 * </pre>
 */
record Layers(Encoding encoder, Decoding decoder) {

  record Encoding(
      List<DenseLayer> onset,
      List<DenseLayer> velocity,
      List<DenseLayer> offset,
      List<DenseLayer> trunk,
      List<DenseLayer> mean) {}

  record Decoding(
      List<DenseLayer> trunk,
      List<DenseLayer> onset,
      List<DenseLayer> velocity,
      List<DenseLayer> offset) {}
}
