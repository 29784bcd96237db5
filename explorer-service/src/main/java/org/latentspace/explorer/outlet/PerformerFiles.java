package org.latentspace.explorer.outlet;

import com.google.protobuf.Message;
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
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.storage.AtomicFile;

/**
 * Small files of each performer: read whole, and replaced whole or not at all.
 *
 * <pre>
 *   DIR/performers/HEX/settings.json, presets.json, trajectory-HEX.json
 *   DIR/mappings/HEX/HEX.mapping, playing
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
   * @param folder need not exist
   */
  PerformerFiles(Path folder) {
    this.folder = folder;
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

  /**
   * What a document in JSON says; one that cannot be read is laid aside, where a person may look.
   *
   * @param none a message of its kind, with nothing set
   * @param reading throws IllegalArgumentException that says what is wrong
   * @return null where there is none, or none that can be read
   */
  <M extends Message, T> T read(String performer, String file, M none, Function<M, T> reading)
      throws IOException {
    Path path = path(performer, file);
    if (!Files.isRegularFile(path)) {
      return null;
    }
    String json = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    try {
      return reading.apply(MessageJson.readStored(json, none));
    } catch (IllegalArgumentException damaged) {
      layAside(path, performer, damaged.getMessage());
      return null;
    }
  }

  /** Writes a document in JSON; returns when the disk has it. */
  void write(String performer, String file, Message document) throws IOException {
    write(performer, file, MessageJson.write(document).getBytes(StandardCharsets.UTF_8));
  }

  /** The files of a performer whose names are like this, in their order. */
  List<String> list(String performer, String like) throws IOException {
    List<String> names = new ArrayList<>();
    Path home = folder.resolve(hex(performer));
    if (!Files.isDirectory(home)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home, like)) {
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

  private static void layAside(Path path, String performer, String why) {
    Path file = path.getFileName();
    Path aside = path.resolveSibling(file + DAMAGED);
    try {
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warnf(
          "%s of %s cannot be read (%s); it is laid aside as %s", file, performer, why, aside);
    } catch (IOException e) {
      LOG.warnf("%s of %s cannot be read (%s)", file, performer, why);
    }
  }

  Path path(String performer, String file) {
    return folder.resolve(hex(performer)).resolve(file);
  }

  /** A name as it stands in a file's. */
  static String hex(String name) {
    return HEX.formatHex(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The name that stands so; null for what is not ours. */
  static String name(String hex) {
    try {
      String name = new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
      return hex(name).equals(hex) && !name.isEmpty() ? name : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
