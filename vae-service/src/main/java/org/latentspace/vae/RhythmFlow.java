package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.latentspace.vae.completion.Completion;
import org.latentspace.vae.library.LatentMap;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ModelStand;
import org.latentspace.vae.model.Workbench;
import org.latentspace.vae.playing.Cue;
import org.latentspace.vae.playing.Journey;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.versions.LibraryKeeper;

/**
 * What else a model can do, apart from the live path; {@code gone} ends a call that nobody waits
 * for any more.
 *
 * <pre>
 *   two places -> interpolate        rhythm -> nearest <- library -> map
 *   a flat rhythm -> humanise        taps -> tapToDrum      some voices -> infill
 * </pre>
 */
@ApplicationScoped
public class RhythmFlow {
  @Inject ModelStand stand;
  @Inject RhythmLibrary library;
  @Inject LibraryKeeper keeper;

  public List<Cue> interpolate(Journey journey, BooleanSupplier gone) {
    return journey.travel(new Workbench(model(), gone));
  }

  public LatentMap map(LatentMap.Frame frame, BooleanSupplier gone) {
    ModelStand.Playing playing = model();
    LibraryIndex index = library.index(playing.unbent());
    return LatentMap.draw(frame, new Workbench(playing, gone), index.onsets());
  }

  public List<LibraryIndex.Neighbour> nearest(LibraryIndex.Question question) {
    return library.index(model().unbent()).nearest(question);
  }

  /** Refuses a rhythm that does not fit the model, or for which so many others leave no room. */
  public void check(Rhythm rhythm, int others) {
    LibraryIndex.check(rhythm, others, model().unbent());
  }

  public void putLibrary(List<RhythmLibrary.Entry> entries) {
    model();
    keeper.putByHand();
    library.replace(entries);
  }

  public Cue humanise(Rhythm flat, float amount, BooleanSupplier gone) {
    return Completion.humanise(new Workbench(model(), gone), flat, amount);
  }

  public Cue tapToDrum(Rhythm taps, BooleanSupplier gone) {
    return Completion.tapToDrum(new Workbench(model(), gone), taps);
  }

  public Cue infill(Rhythm rhythm, List<String> given, BooleanSupplier gone) {
    return Completion.infill(new Workbench(model(), gone), rhythm, given);
  }

  private ModelStand.Playing model() {
    ModelStand.Playing playing = stand.playing();
    if (playing == null) {
      throw new IllegalStateException("no model is loaded");
    }
    return playing;
  }
}
