package org.latentspace.training.rhythm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentspace.model.Grid;
import org.latentspace.training.storage.Sha256;

/** The rhythms to learn, all of one grid and kit, in the order of their pieces. */
public record DataSet(
    Grid grid, List<String> voices, List<Example> examples, GridWriter.Fate strokes) {

  /** Some pieces to learn from, the others to check with. */
  public record Split(List<Example> training, List<Example> validation) {}

  public DataSet {
    voices = List.copyOf(voices);
    examples = List.copyOf(examples);
  }

  public static DataSet of(Grid grid, KitMap kit, Windows.Cut cut) {
    return new DataSet(grid, kit.voices(), cut.examples(), cut.fate());
  }

  /**
   * Holds back a share 0..0.9 of the pieces, never of the windows of one piece; at least one piece
   * stays to learn from, and a single piece is not held back.
   */
  public Split split(double share, long seed) {
    List<String> shuffled =
        new ArrayList<>(examples.stream().map(Example::song).distinct().toList());
    Collections.shuffle(shuffled, new Random(seed));
    int held = Math.min(shuffled.size() - 1, (int) Math.round(share * shuffled.size()));
    Set<String> out = Set.copyOf(shuffled.subList(0, Math.max(0, held)));
    Map<Boolean, List<Example>> parts =
        examples.stream().collect(Collectors.partitioningBy(each -> out.contains(each.song())));
    return new Split(parts.get(false), parts.get(true));
  }

  /** SHA-256 over grid, voices and every example, as hexadecimal digits. */
  public String digest() {
    MessageDigest digest = Sha256.digest();
    digest.update((grid + " " + voices).getBytes(StandardCharsets.UTF_8));
    for (Example example : examples) {
      Rhythm rhythm = example.rhythm();
      ByteBuffer bytes = ByteBuffer.allocate(12 * rhythm.size());
      for (int i = 0; i < rhythm.size(); i++) {
        bytes.putFloat(rhythm.onset()[i]);
        bytes.putFloat(rhythm.velocity()[i]);
        bytes.putFloat(rhythm.offset()[i]);
      }
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
