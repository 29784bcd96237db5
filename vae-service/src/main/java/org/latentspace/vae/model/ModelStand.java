package org.latentspace.vae.model;

import java.util.Arrays;

/**
 * Holds the model that plays, and lets another take its place between two rhythms.
 *
 * <pre>
 *   put(model) -- probe --ok--> [ playing ] <-- read once per rhythm by every performer
 *                  |
 *                  +--bad--> fault; the old one plays on
 * </pre>
 *
 * Model and thresholds are exchanged as one reference: a performer that has read it decodes a whole
 * rhythm with it. Any thread may call.
 */
public final class ModelStand {

  /** A model and the thresholds that hold for it; never changed. */
  public static final class Playing {
    private final Model model;
    private final float[] thresholds;
    private final boolean own;

    private Playing(Model model, float[] thresholds, boolean own) {
      this.model = model;
      this.thresholds = thresholds;
      this.own = own;
    }

    public Model model() {
      return model;
    }

    /** One per voice, 0..1; not to be written. */
    public float[] thresholds() {
      return thresholds;
    }
  }

  private volatile Playing playing;
  private volatile Playing before;

  /** What plays now, or null while there is no model. */
  public Playing playing() {
    return playing;
  }

  /** What played before this model, or null; it stays loaded. */
  public Playing before() {
    return before;
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
    new Probe(file, model).check();
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
    return takeOver(before.model);
  }

  private synchronized Playing takeOver(Model model) {
    Playing old = playing;
    boolean keep = old != null && !old.own && old.model.voices().equals(model.voices());
    playing = new Playing(model, keep ? old.thresholds : model.thresholds(), !keep);
    if (old != null && old.model != model) {
      before = old;
    }
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
    Playing before = playing;
    if (before == null) {
      throw new IllegalStateException("no model is loaded");
    }
    Model model = before.model;
    if (thresholds.length == 0) {
      playing = new Playing(model, model.thresholds(), true);
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
    playing = new Playing(model, Arrays.copyOf(thresholds, thresholds.length), false);
    return playing;
  }
}
