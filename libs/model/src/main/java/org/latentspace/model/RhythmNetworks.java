package org.latentspace.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The two networks of a rhythm VAE.
 *
 * <pre>
 *   onset    -> [branch] -+            +-> [mean]
 *   velocity -> [branch] -+-> [trunk] -+
 *   offset   -> [branch] -+            +-> [log variance]
 *
 *                 +-> [onset]    -> sigmoid
 *   z -> [trunk] -+-> [velocity] -> sigmoid
 *                 +-> [offset]   -> tanh
 * </pre>
 */
public record RhythmNetworks(EncoderLayers encoder, DecoderLayers decoder) {

  /** A rhythm in, the mean and log-variance of its places out. Each part is a chain of layers. */
  public record EncoderLayers(
      List<DenseLayer> onset,
      List<DenseLayer> velocity,
      List<DenseLayer> offset,
      List<DenseLayer> trunk,
      List<DenseLayer> mean,
      List<DenseLayer> logVariance) {}

  /** A place in, a rhythm out. Each part is a chain of layers. */
  public record DecoderLayers(
      List<DenseLayer> trunk,
      List<DenseLayer> onset,
      List<DenseLayer> velocity,
      List<DenseLayer> offset) {}

  /** All layers by name, part and number in its chain, such as "decoder.onset.1"; encoder first. */
  public Map<String, DenseLayer> layers() {
    Map<String, DenseLayer> layers = new LinkedHashMap<>();
    parts()
        .forEach(
            (part, chain) -> {
              for (int i = 0; i < chain.size(); i++) {
                layers.put(part + "." + i, chain.get(i));
              }
            });
    return layers;
  }

  /** Chains by name, such as "encoder.log_variance", in the order of a model file. */
  Map<String, List<DenseLayer>> parts() {
    Map<String, List<DenseLayer>> parts = new LinkedHashMap<>();
    parts.put("encoder.onset", encoder.onset());
    parts.put("encoder.velocity", encoder.velocity());
    parts.put("encoder.offset", encoder.offset());
    parts.put("encoder.trunk", encoder.trunk());
    parts.put("encoder.mean", encoder.mean());
    parts.put("encoder.log_variance", encoder.logVariance());
    parts.put("decoder.trunk", decoder.trunk());
    parts.put("decoder.onset", decoder.onset());
    parts.put("decoder.velocity", decoder.velocity());
    parts.put("decoder.offset", decoder.offset());
    return parts;
  }
}
