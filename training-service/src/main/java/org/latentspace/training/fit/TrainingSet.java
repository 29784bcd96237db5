package org.latentspace.training.fit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.latentspace.model.MappingNetwork;
import org.latentspace.performer.Features;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.storage.Sha256;

/**
 * Pairs as a network learns them: rows of equally named inputs and targets, in the order in which
 * they were taught.
 *
 * @param senses names of the inputs: those of all pairs, in the order in which they first come
 * @param outputs names of the targets
 * @param meanInput over the pairs that have the sense; what stands for one that a pair lacks
 * @param spreads of each pair, how its inputs lay about their mean; null where that is not known
 * @param digest SHA-256 over names, inputs, targets and spreads
 */
public record TrainingSet(
    List<String> pairs,
    List<String> senses,
    List<String> outputs,
    float[][] inputs,
    float[][] targets,
    float[] meanInput,
    PairSpread[] spreads,
    String scaling,
    String digest) {
  /** Pairs that one mapping may be fitted to: what a version can say something about. */
  public static final int MOST_PAIRS = 4000;

  // Room for two sets of the ten features and 256 other entries that have nothing in common.
  private static final int MOST_SENSES = 512;
  private static final int MOST_OUTPUTS = 256;
  private static final float UNTAUGHT = 0.5f;
  private static final List<String> FEATURES = Features.NAMES;

  /**
   * The pairs of a motion. Throws IllegalStateException where there are none, or too many.
   *
   * @param outputs that the mapping shall have; none: those of the pairs
   */
  public static TrainingSet of(List<TaughtPair> all, Motion motion, List<String> outputs) {
    List<TaughtPair> pairs = chosen(all, motion);
    Set<String> senses = new LinkedHashSet<>();
    Set<String> named = new LinkedHashSet<>(outputs);
    for (TaughtPair pair : pairs) {
      senses.addAll(senses(pair));
      if (outputs.isEmpty()) {
        named.addAll(pair.meaning().outputs());
      }
    }
    requireAtMost(MOST_SENSES, senses.size(), "senses");
    requireAtMost(MOST_OUTPUTS, named.size(), "outputs");
    List<String> in = List.copyOf(senses);
    List<String> out = List.copyOf(named);
    float[][] inputs = rows(pairs, in, Float.NaN, TrainingSet::senses, TaughtPair::input);
    float[] mean = mean(inputs, in.size());
    float[][] targets =
        rows(
            pairs,
            out,
            UNTAUGHT,
            pair -> pair.meaning().outputs(),
            pair -> pair.meaning().target());
    PairSpread[] spreads = spreads(pairs, in);
    return new TrainingSet(
        pairs.stream().map(TaughtPair::pair).toList(),
        in,
        out,
        inputs,
        targets,
        mean,
        spreads,
        pairs.get(pairs.size() - 1).scaling(),
        digest(pairs, inputs, targets));
  }

  private static void requireAtMost(int most, int count, String what) {
    if (count > most) {
      throw new IllegalStateException(
          "the pairs have " + count + " " + what + ", a mapping has at most " + most);
    }
  }

  private static List<TaughtPair> chosen(List<TaughtPair> all, Motion motion) {
    List<TaughtPair> pairs =
        all.stream()
            .filter(pair -> pair.meaning().motion() == motion)
            .sorted(Comparator.comparing(TaughtPair::taughtAt).thenComparing(TaughtPair::pair))
            .toList();
    if (pairs.isEmpty()) {
      throw new IllegalStateException(
          "there are no pairs of motion "
              + motion.word()
              + (all.isEmpty() ? "" : ", but " + all.size() + " of the other"));
    } else if (pairs.size() > MOST_PAIRS) {
      throw new IllegalStateException(
          "there are " + pairs.size() + " pairs, a mapping is fitted to at most " + MOST_PAIRS);
    }
    return pairs;
  }

  private static List<String> senses(TaughtPair pair) {
    if (!pair.senses().isEmpty()) {
      return pair.senses();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < pair.input().size(); i++) {
      names.add(i < FEATURES.size() ? FEATURES.get(i) : "input." + (i + 1));
    }
    return names;
  }

  private static Map<String, Integer> places(List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
    return places;
  }

  /**
   * A row for each pair, in the order of the names.
   *
   * @param lacking what stands for a value that a pair does not have
   */
  private static float[][] rows(
      List<TaughtPair> pairs,
      List<String> names,
      float lacking,
      Function<TaughtPair, List<String>> named,
      Function<TaughtPair, List<Float>> values) {
    Map<String, Integer> places = places(names);
    float[][] rows = new float[pairs.size()][names.size()];
    for (int row = 0; row < rows.length; row++) {
      Arrays.fill(rows[row], lacking);
      List<String> own = named.apply(pairs.get(row));
      List<Float> its = values.apply(pairs.get(row));
      for (int i = 0; i < own.size(); i++) {
        Integer place = places.get(own.get(i));
        if (place != null) {
          rows[row][place] = its.get(i);
        }
      }
    }
    return rows;
  }

  private static PairSpread[] spreads(List<TaughtPair> pairs, List<String> names) {
    Map<String, Integer> places = places(names);
    PairSpread[] spreads = new PairSpread[pairs.size()];
    for (int row = 0; row < spreads.length; row++) {
      TaughtPair pair = pairs.get(row);
      int[] own = senses(pair).stream().mapToInt(places::get).toArray();
      spreads[row] = pair.spread().isEmpty() ? null : PairSpread.of(pair.spread(), own);
    }
    return spreads;
  }

  /** Means of those that are there; put in place of those that are not. */
  private static float[] mean(float[][] rows, int size) {
    float[] mean = new float[size];
    for (int i = 0; i < size; i++) {
      double sum = 0;
      int count = 0;
      for (float[] row : rows) {
        if (!Float.isNaN(row[i])) {
          sum += row[i];
          count++;
        }
      }
      mean[i] = (float) (sum / count);
      for (float[] row : rows) {
        row[i] = Float.isNaN(row[i]) ? mean[i] : row[i];
      }
    }
    return mean;
  }

  private static String digest(List<TaughtPair> pairs, float[][] inputs, float[][] targets) {
    MessageDigest sum = Sha256.digest();
    for (int row = 0; row < inputs.length; row++) {
      sum.update(pairs.get(row).pair().getBytes(StandardCharsets.UTF_8));
      sum.update((byte) 0);
      sum.update(bytes(inputs[row]));
      sum.update(bytes(targets[row]));
      for (float entry : pairs.get(row).spread()) {
        sum.update(bytes(entry));
      }
    }
    return HexFormat.of().formatHex(sum.digest());
  }

  private static byte[] bytes(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /**
   * What is to be fitted, with what is drawn about the pairs.
   *
   * @param plan with epochs and a seed
   * @param from the network to go on from; null: begin anew
   */
  public FitOrder order(FitPlan plan, MappingNetwork from) {
    return FitOrder.about(inputs, targets, spreads, plan, from);
  }

  /** The same without one pair. */
  FitOrder orderWithout(int pair, FitPlan plan) {
    return FitOrder.about(
        without(inputs, pair), without(targets, pair), without(spreads, pair), plan, null);
  }

  private static <T> T[] without(T[] rows, int left) {
    T[] others = Arrays.copyOf(rows, rows.length - 1);
    System.arraycopy(rows, 0, others, 0, left);
    System.arraycopy(rows, left + 1, others, left, others.length - left);
    return others;
  }
}
