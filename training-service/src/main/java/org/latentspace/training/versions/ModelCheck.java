package org.latentspace.training.versions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.latentspace.training.model.DenseLayer;
import org.latentspace.training.model.ModelFile;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Rhythm;

/** Reads a model file that comes from outside, and refuses one that could not be played. */
final class ModelCheck {
  private static final int LARGEST_FILE = 64 << 20;
  private static final int LARGEST_METADATA = 256 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelCheck() {}

  /** Throws IllegalArgumentException, saying what is wrong. */
  static RhythmModel read(byte[] file) {
    if (file.length > LARGEST_FILE) {
      throw wrong("it has " + file.length + " bytes, more than 64 MB");
    }
    RhythmModel model;
    try {
      model = ModelFile.read(file);
      layout(file);
      shapes(model);
    } catch (IllegalArgumentException named) {
      throw named;
    } catch (IOException | RuntimeException other) {
      throw new IllegalArgumentException("not a model file: " + other, other);
    }
    Names.version(model.version());
    int metadata = 0;
    for (Map.Entry<String, String> each : model.provenance().entrySet()) {
      metadata += each.getKey().length() + each.getValue().length();
    }
    if (metadata > LARGEST_METADATA) {
      throw wrong("its metadata have " + metadata + " characters, more than 256 Ki");
    }
    return model;
  }

  /** Tensors of 32 bit, one after the other, to the end of the file. */
  private static void layout(byte[] file) throws IOException {
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    JsonNode header = JSON.readTree(file, 8, length);
    List<JsonNode> tensors = new ArrayList<>();
    header
        .fields()
        .forEachRemaining(
            each -> {
              if (!each.getKey().equals("__metadata__")) {
                tensors.add(each.getValue());
              }
            });
    tensors.sort(Comparator.comparingLong(each -> each.path("data_offsets").path(0).asLong(-1)));
    long end = 0;
    for (JsonNode each : tensors) {
      long floats = 1;
      for (JsonNode size : each.path("shape")) {
        if (!size.canConvertToInt() || size.asInt() < 1) {
          throw wrong("a tensor's shape is " + each.path("shape"));
        }
        floats = Math.multiplyExact(floats, size.asLong());
      }
      long start = each.path("data_offsets").path(0).asLong(-1);
      long last = each.path("data_offsets").path(1).asLong(-1);
      if (!each.path("dtype").asText().equals("F32")
          || start != end
          || last - start != 4 * floats) {
        throw wrong("a tensor is not of 32 bit, or not as long as its shape says: " + each);
      }
      end = last;
    }
    if (end != file.length - 8L - length) {
      throw wrong("its tensors end at " + end + ", the file at " + (file.length - 8L - length));
    }
  }

  private static void shapes(RhythmModel model) {
    int voices = model.voices().size();
    if (voices < 1 || voices > 24 || new HashSet<>(model.voices()).size() != voices) {
      throw wrong("its voices are " + model.voices() + ", must be 1..24 different ones");
    }
    int cells = model.grid().steps() * voices;
    int latent = model.latentSize();
    if (latent < 2 || latent > 32) {
      throw wrong("its latent size is " + latent + ", must be 2..32");
    }
    range(model, latent);
    for (float threshold : model.thresholds()) {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw wrong("a threshold is " + threshold + ", must be 0..1");
      }
    }
    if (model.thresholds().length != voices) {
      throw wrong("it has " + model.thresholds().length + " thresholds for " + voices + " voices");
    }
    RhythmModel.Encoder encoder = model.encoder();
    int joined =
        chain("encoder.onset", encoder.onset(), cells)
            + chain("encoder.velocity", encoder.velocity(), cells)
            + chain("encoder.offset", encoder.offset(), cells);
    int trunk = chain("encoder.trunk", encoder.trunk(), joined);
    size("encoder.mean", chain("encoder.mean", List.of(encoder.mean()), trunk), latent);
    size(
        "encoder.log_variance",
        chain("encoder.log_variance", List.of(encoder.logVariance()), trunk),
        latent);
    RhythmModel.Decoder decoder = model.decoder();
    int wide = chain("decoder.trunk", decoder.trunk(), latent);
    size("decoder.onset", chain("decoder.onset", decoder.onset(), wide), cells);
    size("decoder.velocity", chain("decoder.velocity", decoder.velocity(), wide), cells);
    size("decoder.offset", chain("decoder.offset", decoder.offset(), wide), cells);
    probe(model);
  }

  private static void range(RhythmModel model, int latent) {
    float[] low = model.latent().low();
    float[] high = model.latent().high();
    if (low.length != latent || high.length != latent) {
      throw wrong("its latent range has not " + latent + " entries");
    }
    for (int i = 0; i < latent; i++) {
      if (!(low[i] < high[i]) || !Float.isFinite(low[i]) || !Float.isFinite(high[i])) {
        throw wrong("its latent range " + i + " is " + low[i] + ".." + high[i]);
      }
    }
  }

  /** Outputs of the last layer, when every one fits the one before it. */
  private static int chain(String name, List<DenseLayer> layers, int inputs) {
    int size = inputs;
    for (DenseLayer layer : layers) {
      size(name + " (inputs)", layer.inputs(), size);
      for (float[] values : List.of(layer.weight(), layer.bias())) {
        for (float each : values) {
          if (!Float.isFinite(each)) {
            throw wrong(name + " has a weight that is " + each);
          }
        }
      }
      size = layer.outputs();
    }
    return size;
  }

  private static void size(String name, int is, int must) {
    if (is != must) {
      throw wrong(name + " has size " + is + ", must be " + must);
    }
  }

  /** The corners and the middle of the playing surface must decode to numbers. */
  private static void probe(RhythmModel model) {
    for (float at : new float[] {0, 0.5f, 1}) {
      Rhythm decoded = model.decode(model.place(at, 1 - at));
      for (float[] values : List.of(decoded.onset(), decoded.velocity(), decoded.offset())) {
        for (float each : values) {
          if (!Float.isFinite(each)) {
            throw wrong("it decodes to " + each);
          }
        }
      }
    }
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("not a model that can be played: " + what);
  }
}
