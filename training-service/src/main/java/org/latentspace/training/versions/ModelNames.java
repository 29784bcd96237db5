package org.latentspace.training.versions;

import java.util.List;
import java.util.regex.Pattern;
import org.latentspace.model.RhythmModelFile;
import org.latentspace.training.data.Text;

/** What lines of models and their versions may be called; such names are safe as file names. */
public final class ModelNames {
  /** The model that the player itself was configured with. */
  public static final String BUILT_IN = "built-in";

  private static final Pattern MODEL = Pattern.compile("[a-z0-9-]{1,64}");
  // "active" is the key, and the file, that says which version plays.
  private static final List<String> RESERVED = List.of("active", BUILT_IN);

  private ModelNames() {}

  static boolean isModel(String name) {
    return MODEL.matcher(name).matches();
  }

  /** Throws IllegalArgumentException for a name that no line of models can have. */
  public static String model(String name) {
    if (!MODEL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "model is '" + Text.printable(name, 64) + "', must be 1..64 characters of [a-z0-9-]");
    }
    return name;
  }

  /** Throws IllegalArgumentException for a name that no version can have. */
  public static String version(String name) {
    if (!RhythmModelFile.VERSION.matcher(name).matches() || RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "version is '"
              + Text.printable(name, 64)
              + "', must be 1..64 characters of [A-Za-z0-9._-], begin with a letter or digit, and"
              + " be none of "
              + RESERVED);
    }
    return name;
  }
}
