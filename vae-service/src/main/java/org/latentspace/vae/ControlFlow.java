package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.NetworkBending;
import org.latentspace.vae.playing.Controls;
import org.latentspace.vae.playing.Decoding;
import org.latentspace.vae.playing.Performers;

/**
 * What can be played on the model itself: everything takes effect with the next rhythm.
 *
 * <pre>
 *   bend -> model -> decoded -> temperature, sampling, freeze (a performer's own) -> rhythm
 * </pre>
 */
@ApplicationScoped
public class ControlFlow {
  @Inject ActiveModel activeModel;
  @Inject Performers performers;

  /** A performer's controls; the usual ones where nothing was set. */
  public Controls of(String performer) {
    return performers.controls(performer);
  }

  /** Seed of the draws of performers who have none of their own. */
  public long seed() {
    return performers.seed();
  }

  /** Changes how onsets become strokes. */
  public Controls decode(String performer, UnaryOperator<Decoding> change) {
    return performers.control(performer, c -> c.with(change.apply(c.decoding())));
  }

  /** Lets these voices go on as they sound now, and all others with the point. */
  public Controls freeze(String performer, List<String> voices) {
    ActiveModel.Playing playing = activeModel.playing();
    if (playing == null) {
      throw new IllegalStateException("no model is loaded");
    }
    List<String> known = playing.model().voices();
    for (String voice : voices) {
      if (!known.contains(voice)) {
        throw new NoSuchElementException("the model has no voice " + voice + ", it has " + known);
      }
    }
    List<String> distinct = voices.stream().distinct().toList();
    return performers.control(performer, c -> c.withFrozen(distinct));
  }

  /** Bends the weights of the model that plays; amount 0 brings it back. */
  public ActiveModel.Playing bend(NetworkBending bending) throws ModelFault {
    return activeModel.bend(bending);
  }
}
