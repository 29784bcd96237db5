package org.latentspace.feature.outlet;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;
import org.latentspace.feature.dsp.Range;
import org.latentspace.feature.range.Ranges;
import org.latentspace.feature.wire.RangeWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.ListRangesReply;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.storage.AtomicFile;

/**
 * Keeps the ranges of performers on disk: a file each, called after the bytes of the name in hex.
 *
 * <p>A file is "LSER", a CRC-32C of what follows (both four bytes, big endian), and a
 * ListRangesReply. It is written beside, brought to the disk, and put in place in one step, so that
 * there is the old one or the new one whatever happens. A damaged file is set aside as .damaged.
 */
@ApplicationScoped
public class RangeStore {
  private static final Logger LOG = Logger.getLogger(RangeStore.class);
  private static final int MAGIC = 0x4c534552;
  private static final int HEAD = 8;
  private static final long MOST_BYTES = 4 << 20;
  private static final String ENDING = ".ranges";
  private static final Pattern FILE = Pattern.compile("([0-9a-f]{2}){1,64}\\.ranges");

  private volatile Path folder;

  /** Reads what was stored, by performer; the folder need not exist. */
  public Map<String, Ranges.Profiles> open(Path dir) {
    folder = dir;
    Map<String, Ranges.Profiles> books = new TreeMap<>();
    if (!Files.isDirectory(dir)) {
      return books;
    }
    try (Stream<Path> files = Files.list(dir)) {
      List<Path> found =
          files
              .filter(file -> FILE.matcher(file.getFileName().toString()).matches())
              .sorted(Comparator.comparing(Path::toString))
              .limit(Ranges.MOST_BOOKS)
              .toList();
      found.forEach(file -> read(file, books));
    } catch (IOException e) {
      LOG.warnf("the ranges in %s cannot be read: %s", dir, e.getMessage());
    }
    return books;
  }

  private static void read(Path file, Map<String, Ranges.Profiles> books) {
    String hex = file.getFileName().toString().replace(ENDING, "");
    String name = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    try {
      if (!Name.isValid(name) || Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("its name or its length cannot be");
      }
      books.put(name, book(ByteBuffer.wrap(Files.readAllBytes(file))));
    } catch (IOException e) {
      LOG.warnf("%s cannot be read: %s", file, e.getMessage());
    } catch (IllegalArgumentException e) {
      setAside(file, e.getMessage());
    }
  }

  private static Ranges.Profiles book(ByteBuffer bytes) {
    if (bytes.remaining() < HEAD || bytes.getInt() != MAGIC) {
      throw new IllegalArgumentException("it does not begin as it must");
    }
    int checksum = bytes.getInt();
    if (checksum != checksum(bytes.slice())) {
      throw new IllegalArgumentException("its checksum is wrong");
    }
    try {
      ListRangesReply stored = ListRangesReply.parseFrom(bytes);
      List<Range> ranges = new ArrayList<>();
      for (ScalingSpec spec : stored.getRangesList()) {
        if (Ranges.Profiles.number(spec.getName()) < 1) {
          throw new IllegalArgumentException("a range in it has a wrong name");
        }
        ranges.add(RangeWire.range(spec, spec.getName()));
      }
      return new Ranges.Profiles(ranges, stored.getUsed());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void setAside(Path file, String why) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warnf("%s is damaged (%s) and is set aside as %s", file, why, aside.getFileName());
    } catch (IOException e) {
      LOG.warnf("%s is damaged (%s) and cannot be set aside: %s", file, why, e.getMessage());
    }
  }

  /** Brings a performer's ranges to the disk; an UncheckedIOException: the old ones stay. */
  public void write(String performer, Ranges.Profiles book) {
    String hex = HexFormat.of().formatHex(performer.getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve(hex + ENDING);
    try {
      AtomicFile.write(file, bytes(book).array());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the range cannot be stored in feature-service.data-dir=" + folder + ": " + e, e);
    }
  }

  private static ByteBuffer bytes(Ranges.Profiles book) {
    ListRangesReply.Builder stored = ListRangesReply.newBuilder().setUsed(book.used());
    book.ranges().forEach(range -> stored.addRanges(RangeWire.spec(range)));
    byte[] content = stored.build().toByteArray();
    return ByteBuffer.allocate(HEAD + content.length)
        .putInt(MAGIC)
        .putInt(checksum(ByteBuffer.wrap(content)))
        .put(content)
        .flip();
  }

  private static int checksum(ByteBuffer content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    return (int) checksum.getValue();
  }

  /** Says that a rehearsal became a range, and which entries did not move in it. */
  public void tell(String performer, String name, List<String> widened) {
    if (widened.isEmpty()) {
      LOG.infof("performer %s plays by %s", performer, name);
    } else {
      LOG.warnf(
          "performer %s plays by %s; what did not move in the rehearsal got a range around its"
              + " value: %s",
          performer, name, String.join(", ", widened));
    }
  }
}
