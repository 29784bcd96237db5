package org.latentspace.vae.outlet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentspace.model.ModelFault;
import org.latentspace.storage.AtomicFile;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.versions.ModelActivation;
import org.latentspace.vae.versions.VersionStore;

/**
 * Keeps versions in a folder.
 *
 * <pre>
 *   FOLDER/MODEL@VERSION@SHA256.safetensors   a verified file; its time is when it played last
 *   FOLDER/last.json                          the activation that plays
 * </pre>
 *
 * Files are written beside and moved into place, so a file is whole or not there. Those that played
 * longest ago go when there are too many. One thread writes at a time.
 */
public final class VersionCache implements VersionStore {
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9-]{1,64})@([A-Za-z0-9._-]{1,64})@([0-9a-f]{64})\\.safetensors");
  private static final String LAST = "last.json";
  private static final String PART = ".draft";
  private static final int MOST_JSON_BYTES = 4096;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path folder;
  private final int mostFiles;
  private final long mostBytes;
  private final Consumer<String> log;

  private record Entry(ModelActivation version, Path file, FileTime used) {}

  /**
   * A cache that need not exist yet.
   *
   * @param mostFiles 1 or more
   * @param mostBytes of all files together
   * @param log takes one line for each file that is thrown away
   */
  public VersionCache(Path folder, int mostFiles, long mostBytes, Consumer<String> log) {
    this.folder = folder;
    this.mostFiles = mostFiles;
    this.mostBytes = mostBytes;
    this.log = log;
  }

  @Override
  public List<ModelActivation> versions() {
    return entries().stream().map(Entry::version).toList();
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.safetensors")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Files.isRegularFile(file)) {
          long bytes = Files.size(file);
          ModelActivation version =
              new ModelActivation(name.group(1), name.group(2), name.group(3), bytes, 0);
          entries.add(new Entry(version, file, Files.getLastModifiedTime(file)));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return entries;
    } catch (IOException e) {
      log.accept("the versions in " + folder + " cannot be listed: " + e.getMessage());
    }
    entries.sort(Comparator.comparing(Entry::used).reversed().thenComparing(entry -> entry.file()));
    return entries;
  }

  /** A damaged file is thrown away. */
  @Override
  public Model read(ModelActivation wanted) {
    return read(file(wanted), wanted);
  }

  @Override
  public Model read(String version) {
    for (Entry entry : entries()) {
      if (entry.version().version().equals(version)) {
        Model model = read(entry.file(), entry.version());
        if (model != null) {
          return model;
        }
      }
    }
    return null;
  }

  private Model read(Path file, ModelActivation wanted) {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes((int) ModelActivation.MOST_BYTES + 1);
    } catch (IOException e) {
      return null;
    }
    try {
      return wanted.verify(bytes);
    } catch (ModelFault e) {
      log.accept(e.getMessage() + "; " + file + " is thrown away");
      delete(file);
      return null;
    }
  }

  @Override
  public void put(ModelActivation version, byte[] bytes) throws IOException {
    AtomicFile.write(file(version), bytes);
  }

  @Override
  public void played(ModelActivation activated) throws IOException {
    AtomicFile.write(folder.resolve(LAST), JSON.writeValueAsBytes(activated));
    Path file = file(activated);
    if (!activated.isOwn() && Files.exists(file)) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }
  }

  @Override
  public ModelActivation last() {
    Path file = folder.resolve(LAST);
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] json = stream.readNBytes(MOST_JSON_BYTES);
      return Optional.ofNullable(JSON.readValue(json, ModelActivation.class))
          .orElseThrow(() -> new IllegalArgumentException("it says nothing"));
    } catch (NoSuchFileException e) {
      return null;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String why = e.getMessage().lines().findFirst().orElse("");
      log.accept(file + " is damaged and thrown away: " + why);
      delete(file);
      return null;
    } catch (IOException e) {
      log.accept(file + " cannot be read: " + e.getMessage());
      return null;
    }
  }

  @Override
  public void trim(Set<String> spared) {
    List<Entry> entries = entries();
    int files = entries.size();
    long bytes = entries.stream().mapToLong(entry -> entry.version().bytes()).sum();
    for (int i = entries.size() - 1; i >= 0 && (files > mostFiles || bytes > mostBytes); i--) {
      Entry entry = entries.get(i);
      if (!spared.contains(entry.version().sha256())) {
        delete(entry.file());
        files--;
        bytes -= entry.version().bytes();
      }
    }
  }

  @Override
  public void sweep() {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART)) {
      parts.forEach(this::delete);
    } catch (IOException e) {
      // No folder, no rubbish.
      return;
    }
  }

  private Path file(ModelActivation version) {
    return folder.resolve(
        version.model() + "@" + version.version() + "@" + version.sha256() + ".safetensors");
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.accept(file + " cannot be deleted: " + e.getMessage());
    }
  }
}
