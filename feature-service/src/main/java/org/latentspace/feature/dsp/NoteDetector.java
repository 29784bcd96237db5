package org.latentspace.feature.dsp;

/**
 * Decides when notes begin and end, of attacks, slurs and pitch, and counts them for ambitus and
 * density.
 *
 * <pre>
 *   sound -+-> AttackDetector ----------+
 *          +-> PitchDetector -+---------+-> NoteTracker -> Ambitus
 *                             +-> SlurDetector            Density
 * </pre>
 *
 * A note is over when its sound has fallen by 15 dB below its loudest (which fades by 10 dB/s) or
 * below the gate; whatever is heard then, a room's noise or hum, begins nothing without an attack.
 * A note that swells without an attack begins when its pitch has stood still for 95 ms, 12 dB above
 * what was heard before it.
 */
final class NoteDetector {
  private static final double OVER = level(-15);
  private static final double FADE_DB_PER_SECOND = 10;
  private static final double SWELL = level(12);

  private final double a4Hz;
  private final int hop;
  private final double openLevel;
  private final double closeLevel;
  private final double fade;
  private final double windowSeconds;
  private final PitchDetector pitch;
  private final AttackDetector attacks;
  private final SlurDetector slurs;
  private final NoteTracker notes;
  private final Ambitus ambitus;
  private final Density density;
  private double lastOnset = Double.NEGATIVE_INFINITY;
  private double loudest;
  private double quietest = Double.POSITIVE_INFINITY;
  private double midi;
  private int framesToFill;

  NoteDetector(FeatureSettings settings) {
    FeatureSettings.Window window = settings.window();
    a4Hz = settings.tuning().a4Hz();
    hop = window.hop();
    openLevel = level(settings.gate().openDbfs());
    closeLevel = level(settings.gate().closeDbfs());
    framesToFill = window.pitch() / hop;
    fade = level(-FADE_DB_PER_SECOND * window.hopSeconds());
    pitch = settings.detectors().pitch().detector(window.pitch(), window.rate());
    attacks = settings.detectors().attacks().detector(settings);
    windowSeconds = (double) window.pitch() / window.rate();
    slurs = new SlurDetector(window.hopSeconds(), windowSeconds);
    FeatureSettings.Memory memory = settings.memory();
    ambitus = new Ambitus(memory.notes(), memory.oldestSeconds(), memory.decaySeconds());
    density = new Density(memory.onsets(), memory.oldestSeconds());
    notes = new NoteTracker(window.hopSeconds(), ambitus);
  }

  private static double level(double db) {
    return Math.pow(10, db / 20);
  }

  /**
   * Listens to the newest hop, the last of the history, of which the first so many samples are
   * sound: where the sound is cut off there is a click, and no attack. newestRms: of the hop. True
   * when a note or hit began. now: seconds; silent: the gate is closed.
   */
  boolean hear(float[] history, int sounding, double now, double newestRms, boolean silent) {
    int end = history.length;
    pitch.detect(history, end);
    int begin = end - hop;
    boolean attack = attacks.hear(history, begin, begin + sounding, newestRms, slurs.period());
    boolean slur = slurs.hear(pitch, now, lastOnset, newestRms);
    double hz = pitch.hz();
    midi = hz > 0 && !silent ? Math.max(0, 69 + 12 * Math.log(hz / a4Hz) / Math.log(2)) : 0;
    followLevel(now);
    boolean began =
        attack
            || !attacks.refractory()
                && (notes.inNote()
                    ? slur || notes.hear(now, midi, pitch.confidence())
                    : swelled(now));
    if (began) {
      lastOnset = now;
      attacks.begin();
      slurs.begin();
      notes.begin(now);
      density.add(now);
    }
    return began;
  }

  private void followLevel(double now) {
    double rms = pitch.rms();
    // The window still holds the note before.
    boolean young = now - lastOnset < windowSeconds;
    loudest = young ? rms : Math.max(loudest * fade, rms);
    if (notes.inNote()) {
      if (!young && (rms < closeLevel || rms < loudest * OVER)) {
        notes.end();
        quietest = rms;
      }
    } else if (framesToFill > 0) {
      framesToFill--;
    } else {
      quietest = Math.min(quietest, rms);
    }
  }

  private boolean swelled(double now) {
    return slurs.steady(now) && pitch.rms() >= openLevel && pitch.rms() >= quietest * SWELL;
  }

  /** MIDI note number with fraction; 0 = none, or silence. */
  double midi() {
    return midi;
  }

  /** Of the pitch, 0..1. */
  double confidence() {
    return pitch.confidence();
  }

  /** Semitones. */
  double ambitus(double now, boolean silent) {
    return ambitus.semitones(now, silent);
  }

  /** Onsets a second. */
  double density(double now) {
    return density.perSecond(now);
  }
}
