package org.latentspace.vae.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentspace.model.ModelFault;

/**
 * Holds the model that plays, and lets another take its place between two rhythms.
 *
 * <pre>
 *   put(model) -- check --ok--> [ playing ] <-- read once per rhythm by every performer
 *                  |
 *                  +--bad--> fault; the old one plays on
 * </pre>
 *
 * Model and thresholds are exchanged as one reference: a performer that has read it decodes a whole
 * rhythm with it. Any thread may call.
 */
public final class ActiveModel {

  /**
   * A model and the thresholds that hold for it; never changed.
   *
   * @param thresholds one per voice, 0..1; not to be written
   * @param own whether the thresholds are the model's own
   * @param unbent the model as it was read: the same one, unless its weights are bent now
   */
  public record Playing(Model model, float[] thresholds, boolean own, Model unbent) {}

  private volatile Playing playing;
  private volatile Playing before;
  private volatile Runnable watcher = () -> {};

  /** What plays now, or null while there is no model. */
  public Playing playing() {
    return playing;
  }

  /**
   * What plays now.
   *
   * @throws IllegalStateException while there is no model
   */
  public Playing required() {
    Playing now = playing;
    if (now == null) {
      throw new IllegalStateException("no model is loaded");
    }
    return now;
  }

  /** What played before this model, or null; it stays loaded. */
  public Playing previous() {
    return before;
  }

  /** The models that are in memory, the one that plays first: at most two. */
  public Stream<Model> loaded() {
    return Stream.of(Optional.ofNullable(playing), Optional.ofNullable(before))
        .flatMap(Optional::stream)
        .map(Playing::unbent);
  }

  /** Sets what is run whenever another model has become active; it must not take long. */
  public void watch(Runnable newWatcher) {
    watcher = newWatcher;
  }

  /**
   * Lets a model play from the next rhythm on. Thresholds that were set stay where the voices are
   * the same, else the model's own hold.
   *
   * @param file its name, for the message
   * @return what plays now
   * @throws ModelFault when it decodes absurd things; what played plays on
   */
  public Playing put(String file, Model model) throws ModelFault {
    new ModelCheck(file, model).check();
    return takeOver(model);
  }

  /**
   * Lets the model that played before play again from the next rhythm on; once more, and it is
   * undone.
   *
   * @return what plays now
   * @throws IllegalStateException when none played before
   */
  public synchronized Playing rollBack() {
    if (before == null) {
      throw new IllegalStateException("no model played before this one");
    }
    return takeOver(before.unbent);
  }

  private synchronized Playing takeOver(Model model) {
    Playing old = playing;
    boolean keep = old != null && !old.own && old.model.voices().equals(model.voices());
    playing = new Playing(model, keep ? old.thresholds : model.thresholds(), !keep, model);
    if (old != null && old.unbent != model) {
      before = old;
    }
    watcher.run();
    return playing;
  }

  /**
   * Sets the onset thresholds from the next rhythm on.
   *
   * @param thresholds one per voice, 0..1; none at all: the model's own
   * @return what holds now
   * @throws IllegalStateException while there is no model
   * @throws IllegalArgumentException with the wrong number or value
   */
  public synchronized Playing setThresholds(float[] thresholds) {
    Playing before = required();
    Model model = before.model;
    if (thresholds.length == 0) {
      playing = new Playing(model, model.thresholds(), true, before.unbent);
      return playing;
    }
    if (thresholds.length != model.voices().size()) {
      throw new IllegalArgumentException(
          thresholds.length + " thresholds, must be one per voice: " + model.voices());
    }
    for (float threshold : thresholds) {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException("threshold is " + threshold + ", must be 0..1");
      }
    }
    float[] copy = Arrays.copyOf(thresholds, thresholds.length);
    playing = new Playing(model, copy, false, before.unbent);
    return playing;
  }

  /**
   * Bends the weights of the model that plays, from the next rhythm on; whatever was bent before is
   * forgotten. The calling thread does the work: about 0.2 s. A model that is put here plays
   * unbent.
   *
   * @param bending amount 0 brings the model back, exactly
   * @throws IllegalStateException while there is no model, or when another took over meanwhile
   * @throws ModelFault when what is bent decodes to numbers that are not finite
   */
  public Playing bend(NetworkBending bending) throws ModelFault {
    Playing before = required();
    Model bent = bending.bend(before.unbent);
    new ModelCheck(bent.version(), bent).checkNumbers();
    synchronized (this) {
      Playing now = playing;
      if (now.unbent != before.unbent) {
        throw new IllegalStateException("another model has taken over meanwhile: ask again");
      }
      playing = new Playing(bent, now.thresholds, now.own, now.unbent);
      return playing;
    }
  }
}
