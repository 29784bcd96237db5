package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.latentspace.vae.completion.Completion;
import org.latentspace.vae.library.LatentMap;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.Interpolation;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.versions.LibraryUpdater;

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
  @Inject ActiveModel activeModel;
  @Inject RhythmLibrary library;
  @Inject LibraryUpdater keeper;

  public List<DecodedRhythm> interpolate(Interpolation interpolation, BooleanSupplier gone) {
    return interpolation.travel(new CancellableCodec(model(), gone));
  }

  public LatentMap map(LatentMap.Frame frame, BooleanSupplier gone) {
    ActiveModel.Playing playing = model();
    LibraryIndex index = library.index(playing.unbent());
    return LatentMap.draw(frame, new CancellableCodec(playing, gone), index.onsets());
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

  public DecodedRhythm humanise(Rhythm flat, float amount, BooleanSupplier gone) {
    return Completion.humanise(new CancellableCodec(model(), gone), flat, amount);
  }

  public DecodedRhythm tapToDrum(Rhythm taps, BooleanSupplier gone) {
    return Completion.tapToDrum(new CancellableCodec(model(), gone), taps);
  }

  public DecodedRhythm infill(Rhythm rhythm, List<String> given, BooleanSupplier gone) {
    return Completion.infill(new CancellableCodec(model(), gone), rhythm, given);
  }

  private ActiveModel.Playing model() {
    ActiveModel.Playing playing = activeModel.playing();
    if (playing == null) {
      throw new IllegalStateException("no model is loaded");
    }
    return playing;
  }
}
