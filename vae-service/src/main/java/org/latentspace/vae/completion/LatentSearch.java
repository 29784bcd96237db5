package org.latentspace.vae.completion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.latentspace.model.LatentRange;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * Finds the latent place that explains best what is known of a rhythm: the maximum of likelihood x
 * prior, without gradients.
 *
 * <pre>
 *   places all over the range --best 8--> each: decode, put in what is known, encode; three times
 *                             --best 4--> each: climb by random steps of a size that adapts --> 1
 * </pre>
 *
 * <p>The encoder's turns are the pseudo-Gibbs imputation of Rezende et al. 2014 (appendix F), the
 * climb is the (1+1) evolution strategy with the one-fifth rule (Rechenberg 1973). The prior is a
 * Gaussian that has 98 % of its mass within the model's range, which is how the range was chosen.
 * Seeded: the same question to the same model has the same answer.
 */
final class LatentSearch {
  private static final int SIDE = 16;
  private static final int PLACES = SIDE * SIDE;
  private static final int ENCODED = 8;
  private static final int TURNS = 3;
  private static final int CLIMBED = 4;
  private static final int STEPS = 40;
  private static final int STEPS_PER_DIMENSION = 8;
  private static final double FIRST_STEP = 0.3;
  private static final double GROWTH = 1.5;
  private static final double SHRINKAGE = Math.pow(GROWTH, -0.25);
  // Standard deviations between the 1st and the 99th percentile of a Gaussian.
  private static final double RANGE_DEVIATIONS = 4.653;

  private final CancellableCodec codec;
  private final Evidence evidence;
  private final RhythmTensor decoded;
  private final RhythmTensor completed;
  private final float[] middle;
  private final float[] deviation;
  private final Random random = new Random(1);

  private record Candidate(float[] z, double score) {}

  private LatentSearch(CancellableCodec codec, Evidence evidence) {
    this.codec = codec;
    this.evidence = evidence;
    this.decoded = codec.blank();
    this.completed = codec.blank();
    LatentRange range = codec.model().latent();
    this.middle = new float[range.size()];
    this.deviation = new float[range.size()];
    for (int d = 0; d < middle.length; d++) {
      middle[d] = range.latent(d, LatentRange.MIDDLE);
      deviation[d] = (float) ((range.high()[d] - range.low()[d]) / RANGE_DEVIATIONS);
    }
  }

  /** Latent coordinates; two dimensions take about 550 decodes, 32 about 1 700. */
  static float[] find(CancellableCodec codec, Evidence evidence) {
    return new LatentSearch(codec, evidence).search();
  }

  private float[] search() {
    List<Candidate> found = best(everywhere(), ENCODED);
    List<Candidate> better = new ArrayList<>(found);
    for (Candidate candidate : found) {
      encode(candidate, better);
    }
    List<Candidate> climbed = new ArrayList<>();
    for (Candidate candidate : best(better, CLIMBED)) {
      climbed.add(climb(candidate));
    }
    return best(climbed, 1).get(0).z();
  }

  /** An even grid of two dimensions; seeded places of the prior where there are more. */
  private List<Candidate> everywhere() {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(scored(middle.clone()));
    for (int place = 0; place < PLACES; place++) {
      float[] z = new float[middle.length];
      if (z.length == 2) {
        int column = place % SIDE;
        int row = place / SIDE;
        z[0] = codec.model().latent().latent(0, (column + LatentRange.MIDDLE) / SIDE);
        z[1] = codec.model().latent().latent(1, (row + LatentRange.MIDDLE) / SIDE);
      } else {
        for (int d = 0; d < z.length; d++) {
          z[d] = middle[d] + deviation[d] * (float) random.nextGaussian();
        }
      }
      candidates.add(scored(z));
    }
    return candidates;
  }

  private void encode(Candidate start, List<Candidate> better) {
    float[] z = start.z();
    for (int turn = 0; turn < TURNS; turn++) {
      codec.decode(z, decoded);
      evidence.complete(decoded, codec.thresholds(), completed);
      z = new float[z.length];
      codec.encode(completed, z);
      better.add(scored(z));
    }
  }

  private Candidate climb(Candidate start) {
    Candidate best = start;
    double size = FIRST_STEP;
    int steps = STEPS + STEPS_PER_DIMENSION * middle.length;
    for (int step = 0; step < steps; step++) {
      float[] z = best.z().clone();
      for (int d = 0; d < z.length; d++) {
        z[d] += (float) (size * deviation[d] * random.nextGaussian());
      }
      Candidate next = scored(z);
      boolean success = next.score() > best.score();
      size *= success ? GROWTH : SHRINKAGE;
      best = success ? next : best;
    }
    return best;
  }

  private Candidate scored(float[] z) {
    codec.decode(z, decoded);
    double score = evidence.likelihood(decoded);
    for (int d = 0; d < z.length; d++) {
      double deviations = (z[d] - middle[d]) / deviation[d];
      score -= deviations * deviations / 2;
    }
    return new Candidate(z, score);
  }

  private static List<Candidate> best(List<Candidate> candidates, int count) {
    // Stable, so that of equals the earlier comes first.
    return candidates.stream()
        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
        .limit(count)
        .toList();
  }
}
