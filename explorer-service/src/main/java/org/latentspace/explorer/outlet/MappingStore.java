package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.mapping.VersionHistory.Playing;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.model.ModelFault;

/**
 * Mappings on disk, one file a version; names are written in hexadecimal digits, so that no two are
 * the same on any disk. Of one thread.
 *
 * <pre>
 *   mappings / PERFORMER / VERSION.mapping    "LSEMAP1\n" | CRC-32C | MappingVersion
 *                        / playing            "LSEMAP1\n" | CRC-32C | version, line, FluCoMa JSON
 * </pre>
 *
 * A file is written beside its place and moved there, so a crash leaves the old one or the new one.
 */
public final class MappingStore {
  private static final byte[] HEADER = "LSEMAP1\n".getBytes(StandardCharsets.US_ASCII);
  private static final String ENDING = ".mapping";
  private static final String PLAYING = "playing";
  private static final long MOST_BYTES = 8 << 20;

  private final PerformerFiles files;

  /**
   * @param dataDir need not exist
   */
  public MappingStore(Path dataDir) {
    files = new PerformerFiles(dataDir.resolve("mappings"));
  }

  /** Names of the versions of every performer. */
  public Map<String, TreeSet<String>> versions() throws IOException {
    Map<String, TreeSet<String>> all = new LinkedHashMap<>();
    for (String performer : files.performers()) {
      TreeSet<String> names = new TreeSet<>();
      for (String file : files.list(performer, "*" + ENDING)) {
        String name = PerformerFiles.name(file.substring(0, file.length() - ENDING.length()));
        if (name != null) {
          names.add(name);
        }
      }
      all.put(performer, names);
    }
    return all;
  }

  /** Throws IOException for a damaged file. */
  public Playing playing(String performer) throws IOException {
    if (!Files.exists(files.path(performer, PLAYING))) {
      return Playing.NOTHING;
    }
    String text = new String(read(performer, PLAYING), StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    return line < 0
        ? new Playing(text, "")
        : new Playing(text.substring(0, line), text.substring(line + 1));
  }

  /** Returns when the disk has it. */
  public void play(String performer, Playing playing) throws IOException {
    String text = playing.version() + "\n" + playing.byHand();
    write(performer, PLAYING, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A version.
   *
   * @throws IOException for one that is not there, or damaged
   * @throws ModelFault for one that is not right
   */
  public Fitted fitted(String performer, String version) throws IOException, ModelFault {
    Fitted fitted = MappingWire.fitted(read(performer, file(version)));
    if (!fitted.performer().equals(performer) || !fitted.version().equals(version)) {
      throw new ModelFault("@" + performer + "/" + version + " holds another mapping");
    }
    return fitted;
  }

  /** Returns when the disk has it. */
  public void write(Fitted fitted) throws IOException {
    write(fitted.performer(), file(fitted.version()), fitted.record());
  }

  public void delete(String performer, String version) throws IOException {
    files.delete(performer, file(version));
  }

  private static String file(String version) {
    return PerformerFiles.hex(version) + ENDING;
  }

  private byte[] read(String performer, String name) throws IOException {
    Path file = files.path(performer, name);
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is longer than " + MOST_BYTES + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    int head = HEADER.length;
    boolean ours =
        bytes.remaining() >= head + Integer.BYTES
            && Arrays.equals(bytes.array(), 0, head, HEADER, 0, head);
    if (!ours) {
      throw new IOException(file + " is no file of a mapping");
    }
    bytes.position(head);
    int crc = bytes.getInt();
    byte[] body = new byte[bytes.remaining()];
    bytes.get(body);
    if (crc(body) != crc) {
      throw new IOException(file + " is damaged");
    }
    return body;
  }

  private void write(String performer, String file, byte[] body) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER.length + Integer.BYTES + body.length);
    files.write(performer, file, bytes.put(HEADER).putInt(crc(body)).put(body).array());
  }

  private static int crc(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body, 0, body.length);
    return (int) crc.getValue();
  }
}
