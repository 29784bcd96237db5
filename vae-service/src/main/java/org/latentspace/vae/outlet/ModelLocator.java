package org.latentspace.vae.outlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Name;
import org.latentspace.vae.model.Model;

/** Finds model files by name: those of one folder, and those built in. */
public final class ModelLocator {
  private static final String BUILT_IN = "/models/";
  private static final String ENDING = ".safetensors";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Path folder;

  /** The folder need not exist. */
  public ModelLocator(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads a model by what the configuration says: the name of one that is built in, such as
   * "six-robots", or the path of a file.
   *
   * @throws ModelFault naming the file and what is wrong
   */
  public static Model configured(String nameOrPath) throws ModelFault {
    if (!isBuiltIn(nameOrPath)) {
      return read(Path.of(nameOrPath));
    }
    Model model = builtIn(nameOrPath + ENDING);
    if (model == null) {
      throw new ModelFault(nameOrPath, "is neither built in (six-robots) nor a path to a file");
    }
    return model;
  }

  private static Model read(Path path) throws ModelFault {
    try (InputStream stream = Files.newInputStream(path)) {
      return Model.read(path.toString(), stream);
    } catch (NoSuchFileException e) {
      throw new ModelFault(path.toString(), "does not exist");
    } catch (IOException e) {
      throw new ModelFault(path.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /** Whether the configuration names a built-in model, not a path. */
  public static boolean isBuiltIn(String nameOrPath) {
    return !nameOrPath.endsWith(ENDING) && NAME.matcher(nameOrPath).matches();
  }

  /**
   * Reads the file of this name from the folder, or else the one that is built in.
   *
   * @param name a file name: anything with a folder in it is refused, for it comes from outside
   * @throws IllegalArgumentException when it is no file name
   * @throws NoSuchElementException when there is no such file
   * @throws ModelFault naming the file and what is wrong
   */
  public Model named(String name) throws ModelFault {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "model name " + Name.shown(name) + " must be a file name: " + NAME.pattern());
    }
    Path path = folder.resolve(name);
    if (Files.isRegularFile(path)) {
      try (InputStream stream = Files.newInputStream(path)) {
        return Model.read(name, stream);
      } catch (IOException e) {
        throw new ModelFault(name, "cannot be read");
      }
    }
    Model model = builtIn(name);
    if (model == null) {
      throw new NoSuchElementException("there is no model file " + name);
    }
    return model;
  }

  private static Model builtIn(String name) throws ModelFault {
    try (InputStream stream = ModelLocator.class.getResourceAsStream(BUILT_IN + name)) {
      return stream == null ? null : Model.read(name, stream);
    } catch (IOException e) {
      throw new ModelFault(name, "cannot be read");
    }
  }
}
