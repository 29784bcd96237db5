package org.latentspace.training.versions;

import java.util.List;
import java.util.Map;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Rhythm;

/** Reads a model file that comes from outside, and refuses one that could not be played. */
public final class ModelCheck {
  private static final int LARGEST_METADATA = 256 << 10;

  private ModelCheck() {}

  /**
   * Reads a model.
   *
   * @param name of the file, for the message
   * @throws IllegalArgumentException naming it and what is wrong
   */
  static RhythmModel read(String name, byte[] file) {
    RhythmModel model = RhythmModel.read(name, file);
    ModelNames.version(model.version());
    int metadata = 0;
    for (Map.Entry<String, String> each : model.provenance().entrySet()) {
      metadata += each.getKey().length() + each.getValue().length();
    }
    if (metadata > LARGEST_METADATA) {
      throw wrong(name, "its metadata have " + metadata + " characters, more than 256 Ki");
    }
    probe(name, model);
    return model;
  }

  /** Throws IllegalArgumentException for a kit whose voices are not those of the model. */
  public static void requireVoices(String name, KitMap kit, RhythmModel model) {
    if (!kit.voices().equals(model.voices())) {
      throw new IllegalArgumentException(
          String.format(
              "kit %s has the voices %s, but %s has %s",
              name, kit.voices(), model.version(), model.voices()));
    }
  }

  /** The corners and the middle of the playing surface must decode to numbers. */
  private static void probe(String name, RhythmModel model) {
    for (float at : new float[] {0, 0.5f, 1}) {
      Rhythm decoded = model.decode(model.place(at, 1 - at));
      for (float[] values : List.of(decoded.onset(), decoded.velocity(), decoded.offset())) {
        for (float each : values) {
          if (!Float.isFinite(each)) {
            throw wrong(name, "it decodes to " + each);
          }
        }
      }
    }
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException("model file " + name + " cannot be played: " + what);
  }
}
