package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;

/** Finds the mapping that a performer begins with: the built-in one by its name, or a file. */
public final class Mappings {
  /** The built-in mapping; docs/how-it-works/exploring.md says how it was made. */
  public static final String FIRST_STEPS = "first-steps";

  private Mappings() {}

  /**
   * Loads a mapping.
   *
   * @param name "first-steps" or the path of a FluCoMa JSON file
   * @param entries of the vector that it will be fed
   * @throws ModelFault with one line that says what is wrong
   */
  public static MappingNetwork load(String name, int entries) throws ModelFault {
    MappingNetwork network = FlucomaJson.read(name.equals(FIRST_STEPS) ? builtIn() : file(name));
    TaughtMapping.check(network, entries);
    return network;
  }

  private static String builtIn() throws ModelFault {
    try (InputStream bytes = Mappings.class.getResourceAsStream("/mappings/first-steps.json")) {
      if (bytes == null) {
        throw new ModelFault("is not in this build");
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ModelFault("cannot be read: " + e.getMessage());
    }
  }

  private static String file(String name) throws ModelFault {
    try {
      Path path = Path.of(name);
      if (!Files.isRegularFile(path)) {
        throw new ModelFault("no such file; give \"first-steps\" or a FluCoMa JSON file");
      }
      if (Files.size(path) > FlucomaJson.MOST_BYTES) {
        throw new ModelFault("longer than " + FlucomaJson.MOST_BYTES + " bytes (1 MB)");
      }
      return Files.readString(path);
    } catch (InvalidPathException e) {
      throw new ModelFault("is no path");
    } catch (IOException e) {
      throw new ModelFault("cannot be read as UTF-8 text: " + e.getMessage());
    }
  }
}
