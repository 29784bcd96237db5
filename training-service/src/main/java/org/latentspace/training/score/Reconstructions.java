package org.latentspace.training.score;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.latentspace.training.model.LatentSearch;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

/** Sends examples through a model, some at a time, and hands over what comes out. */
final class Reconstructions {
  private static final int TOGETHER = 64;

  private Reconstructions() {}

  /** Every example with what the model makes of its place, see LatentSearch. */
  static void each(
      RhythmModel model, List<Example> examples, BiConsumer<Example, Rhythm> listener) {
    LatentSearch settling = new LatentSearch(model);
    for (int from = 0; from < examples.size(); from += TOGETHER) {
      List<Example> some = examples.subList(from, Math.min(examples.size(), from + TOGETHER));
      float[][] places = settling.settle(some.stream().map(Example::rhythm).toList());
      List<Rhythm> decoded = model.decode(places);
      for (int i = 0; i < some.size(); i++) {
        listener.accept(some.get(i), decoded.get(i));
      }
    }
  }

  /** The places of the examples, in their order. */
  static List<RhythmModel.Place> places(RhythmModel model, List<Example> examples) {
    List<RhythmModel.Place> places = new ArrayList<>(examples.size());
    for (int from = 0; from < examples.size(); from += TOGETHER) {
      List<Example> some = examples.subList(from, Math.min(examples.size(), from + TOGETHER));
      places.addAll(model.encode(some.stream().map(Example::rhythm).toList()));
    }
    return places;
  }
}
