package org.latentspace.explorer.mapping;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.model.MappingPredictor;

/**
 * Plays a mapping: picks its inputs out of frames by their names, whatever their order, and holds
 * those that are not there.
 *
 * <p>An absent sense keeps the value that was heard last; one that was never heard is taken to be
 * the mean of what the mapping was taught with. Holds the room for one forward pass, so each
 * performer has its own; allocates nothing while the frames' senses stay the same.
 */
public final class MappingRunner {
  private static final int ABSENT = -1;

  private final TaughtMapping mapping;
  private final MappingPredictor predictor;
  private final float[] inputs;
  private final double[] outputs;
  // The vector's entry of each input.
  private final int[] entries;
  // The senses that entries was made for; null: none yet.
  private List<Frame.Sense> senses;
  private List<String> held = List.of();

  public MappingRunner(TaughtMapping mapping) {
    this.mapping = mapping;
    this.predictor = new MappingPredictor(mapping.network());
    this.inputs = new float[mapping.network().inputs()];
    this.outputs = new double[mapping.network().outputs()];
    this.entries = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = mapping.absent(i);
      entries[i] = i;
    }
  }

  public TaughtMapping mapping() {
    return mapping;
  }

  /** Takes over what the mapping that played before heard last, by the names of the inputs. */
  public void continueFrom(MappingRunner before) {
    for (int i = 0; i < mapping.senses().size(); i++) {
      int there = before.mapping.senses().indexOf(mapping.senses().get(i));
      if (there >= 0 && before.senses != null) {
        inputs[i] = before.inputs[there];
      }
    }
  }

  /**
   * Hears a frame and predicts the outputs from it.
   *
   * @return false where there is nothing to predict from: the sound ends, or a mapping without
   *     names has more inputs than the vector has entries; the outputs are as they were
   */
  public boolean hear(Frame frame) {
    float[] vector = frame.vector();
    if (vector.length < (mapping.isNamed() ? Frame.FEATURES : inputs.length)) {
      return false;
    }
    if (mapping.isNamed() && !same(frame.senses())) {
      look(frame);
    }
    for (int i = 0; i < inputs.length; i++) {
      int entry = entries[i];
      if (entry != ABSENT) {
        inputs[i] = vector[entry];
      }
    }
    predictor.predict(inputs, outputs);
    return true;
  }

  /** The outputs of the newest frame; written over by the next one. */
  public double[] outputs() {
    return outputs;
  }

  /** What the mapping was fed with the newest frame; written over by the next one. */
  public float[] inputs() {
    return inputs;
  }

  /** Names of the mapping's senses that are absent or stale. */
  public List<String> held() {
    return held;
  }

  private boolean same(List<Frame.Sense> heard) {
    if (senses == null || heard.size() != senses.size()) {
      return false;
    }
    for (int i = 0; i < heard.size(); i++) {
      if (!heard.get(i).equals(senses.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Finds the inputs in frames with other senses than before. */
  private void look(Frame frame) {
    senses = List.copyOf(frame.senses());
    List<String> names = frame.names();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < entries.length; i++) {
      String name = mapping.senses().get(i);
      entries[i] = names.indexOf(name);
      String sense = senseOf(name);
      if ((entries[i] == ABSENT || isStale(entries[i])) && !missing.contains(sense)) {
        missing.add(sense);
      }
    }
    held = List.copyOf(missing);
  }

  /** A stale sense's entries bear the values that were heard last. */
  private boolean isStale(int entry) {
    int first = Frame.FEATURES;
    for (Frame.Sense sense : senses) {
      if (entry >= first && entry < first + sense.size()) {
        return sense.stale();
      }
      first += sense.size();
    }
    return false;
  }

  /** Of "pose.2" it is "pose": a sense's own name has no dot. */
  private static String senseOf(String entry) {
    int dot = entry.indexOf('.');
    return dot < 0 ? entry : entry.substring(0, dot);
  }
}
