package org.latentspace.explorer.teaching;

import java.util.List;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.model.MappingPredictor;

/**
 * How far a mapping is from what it shall mean, as it is now and not as it was when it was made.
 */
public final class PairErrors {
  /** There is nothing to compare. */
  public static final double UNKNOWN = -1;

  private final TaughtMapping mapping;
  private final MappingPredictor predictor;
  private final float[] inputs;
  private final double[] outputs;
  private final List<String> names;

  public PairErrors(TaughtMapping mapping) {
    this.mapping = mapping;
    predictor = new MappingPredictor(mapping.network());
    inputs = new float[mapping.network().inputs()];
    outputs = new double[mapping.network().outputs()];
    names =
        mapping.outputs().isEmpty()
            ? TaughtMapping.usualOutputs(outputs.length)
            : mapping.outputs();
  }

  /**
   * Root of the mean squared error over the outputs that mapping and pair both know; {@link
   * #UNKNOWN} where there are none, or the pair was taught in another motion.
   */
  public double of(Pair pair) {
    PairTarget meaning = pair.meaning();
    return mapping.motion() == null || mapping.motion() == meaning.motion()
        ? of(pair.input().vector(), pair.input().senses(), meaning.target(), meaning.outputs())
        : UNKNOWN;
  }

  /**
   * The same.
   *
   * @param vector what was heard, with the names of its entries
   * @param target what it shall mean, each 0..1, with the names of its entries
   */
  double of(float[] vector, List<String> senses, float[] target, List<String> targets) {
    if (!mapping.isNamed() && vector.length < inputs.length) {
      return UNKNOWN;
    }
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = mapping.isNamed() ? input(i, vector, senses) : vector[i];
    }
    predictor.predict(inputs, outputs);
    double sum = 0;
    int known = 0;
    for (int i = 0; i < outputs.length; i++) {
      int place = targets.indexOf(names.get(i));
      if (place >= 0) {
        double error = outputs[i] - target[place];
        sum += error * error;
        known++;
      }
    }
    return known == 0 ? UNKNOWN : Math.sqrt(sum / known);
  }

  private float input(int i, float[] vector, List<String> senses) {
    int place = senses.indexOf(mapping.senses().get(i));
    return place >= 0 ? vector[place] : mapping.absent(i);
  }
}
