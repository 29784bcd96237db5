package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jboss.logging.Logger;
import org.latentspace.storage.AtomicFile;

/**
 * Small files of each performer: read whole, and replaced whole or not at all.
 *
 * <pre>
 *   DIR/performers/HEX/settings.json, presets.json, trajectory-HEX.json
 * </pre>
 *
 * HEX is a name's UTF-8 in lower-case hexadecimal digits: no name becomes a path, and names that
 * differ in case alone stay apart on every disk. Of one thread.
 */
final class PerformerFiles {
  private static final Logger LOG = Logger.getLogger(PerformerFiles.class);
  private static final HexFormat HEX = HexFormat.of();
  private static final String DAMAGED = ".damaged";

  /** Performers whose files are read, at most; others are left alone and said. */
  private static final int MOST = 4096;

  private final Path folder;

  /**
   * @param dir need not exist
   */
  PerformerFiles(Path dir) {
    folder = dir.resolve("performers");
  }

  /** Where they are; need not exist. */
  Path folder() {
    return folder;
  }

  /** Who has files, in the order of their names. */
  List<String> performers() throws IOException {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return names;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path each : folders) {
        String name = name(each.getFileName().toString());
        if (name != null && names.size() < MOST) {
          names.add(name);
        } else {
          LOG.warnf("%s was left alone: no performer's, or more than %d", each, MOST);
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  /** The file's bytes; null where there is none. */
  byte[] read(String performer, String file) throws IOException {
    Path path = path(performer, file);
    return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
  }

  /** The files of a performer whose names begin so, in their order. */
  List<String> list(String performer, String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    Path home = folder.resolve(hex(performer));
    if (!Files.isDirectory(home)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home, prefix + "*.json")) {
      for (Path file : files) {
        names.add(file.getFileName().toString());
      }
    }
    Collections.sort(names);
    return names;
  }

  /** Returns when the disk has it; a crash leaves the old one or the new one. */
  void write(String performer, String file, byte[] bytes) throws IOException {
    AtomicFile.write(path(performer, file), bytes);
  }

  /** Returns when the disk has forgotten it. */
  void delete(String performer, String file) throws IOException {
    Path path = path(performer, file);
    if (Files.deleteIfExists(path)) {
      AtomicFile.forceFolder(path.getParent());
    }
  }

  /** Lays a file that cannot be read beside its place, where a person may look at it. */
  void layAside(String performer, String file, String why) {
    Path path = path(performer, file);
    Path aside = path.resolveSibling(file + DAMAGED);
    try {
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warnf(
          "%s of %s cannot be read (%s); it is laid aside as %s", file, performer, why, aside);
    } catch (IOException e) {
      LOG.warnf("%s of %s cannot be read (%s)", file, performer, why);
    }
  }

  private Path path(String performer, String file) {
    return folder.resolve(hex(performer)).resolve(file);
  }

  /** A name as it stands in a file's. */
  static String hex(String name) {
    return HEX.formatHex(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(String hex) {
    try {
      String name = new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
      return hex(name).equals(hex) && !name.isEmpty() ? name : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
