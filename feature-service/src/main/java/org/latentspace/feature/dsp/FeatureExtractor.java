package org.latentspace.feature.dsp;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Listens to one performer: sound in, ten numbers and more out, once a hop.
 *
 * <pre>
 *   sound -> Resampler -> Framer -+-> Spectrum -> SpectralShape ------------+
 *            (if needed)          |                                         +-> Scaling
 *                                 +-> HighPass -+-> NoteDetector            |   Smoother
 *                                               +-> RMS, level, SilenceGate +   -> FrameFeatures
 * </pre>
 *
 * Not thread-safe. Everything is allocated in the constructor; process and finish allocate nothing.
 */
public final class FeatureExtractor {
  private static final double LEVEL_FLOOR_DBFS = -120;

  private final FeatureSettings settings;
  private final Supplier<Scaling> scalings;
  private final int fft;
  private final int hop;
  private final double rate;
  private final int rmsSamples;
  private final Resampler resampler;
  private final float[] resampled;
  private final Framer framer;
  private final Spectrum spectrum;
  private final SpectralShape shape;
  private final HighPass highPass;
  private final float[] filtered;
  private final Framer highPassed;
  private final NoteDetector notes;
  private final SilenceGate gate;
  private final Smoother smoothNotes;
  private final Smoother smoothRms;
  private final Smoother smoothSpectrum;
  private final FrameFeatures heard;
  private long taken;
  private double skipped;
  private double newestRms;
  // The sample at which the sound is over; unknown before finish.
  private long end = Long.MAX_VALUE;
  // Raw values of the spectrum that the vector shows while it stands still.
  private final double[] held = new double[Scaling.SIZE];
  private boolean coloured;

  /** sourceRate: of the sound that comes, 8000..192000 Hz. */
  public FeatureExtractor(FeatureSettings settings, int sourceRate) {
    this(settings, sourceRate, settings::scaling);
  }

  /** scalings: asked for the scaling of every frame, in place of that of the settings. */
  public FeatureExtractor(FeatureSettings settings, int sourceRate, Supplier<Scaling> scalings) {
    if (sourceRate < 8000 || sourceRate > 192_000) {
      throw new IllegalArgumentException("rate " + sourceRate + " is not in 8000..192000 Hz");
    }
    this.settings = settings;
    this.scalings = scalings;
    heard = new FrameFeatures(scalings.get());
    FeatureSettings.Window window = settings.window();
    fft = window.fft();
    hop = window.hop();
    rate = window.rate();
    rmsSamples = window.rmsSamples();
    resampler = sourceRate == window.rate() ? null : new Resampler(sourceRate, window.rate());
    resampled = new float[256];
    framer = new Framer(hop, fft);
    highPass = new HighPass(rate);
    filtered = new float[hop];
    highPassed = new Framer(hop, Math.max(window.pitch(), Math.max(fft, rmsSamples)));
    spectrum = new Spectrum(fft);
    shape = new SpectralShape(fft, rate);
    notes = new NoteDetector(settings);
    gate =
        new SilenceGate(
            settings.gate().openDbfs(),
            settings.gate().closeDbfs(),
            settings.gate().holdMs() / 1000);
    FeatureSettings.Smoothing smoothing = settings.smoothing();
    smoothNotes = new Smoother(smoothing.notesMs(), window.hopSeconds(), 2);
    smoothRms = new Smoother(smoothing.rmsMs(), window.hopSeconds(), 1);
    smoothSpectrum =
        new Smoother(
            smoothing.spectrumMs(), window.hopSeconds(), Scaling.SIZE - FrameFeatures.CENTROID);
  }

  /** Listens to samples from..to-1 and puts every frame that they complete into the sink. */
  public void process(float[] samples, int from, int to, Consumer<FrameFeatures> sink) {
    taken += to - from;
    hear(samples, from, to, sink, Long.MAX_VALUE);
  }

  /**
   * Listens to the last samples, which may be none, and to the silence after them until every frame
   * is out whose centre lies within the sound: 1 + floor(samples/hop) frames in all, if the hop
   * divides half the fft. The final one is marked; there is at least one in every case.
   */
  public void finish(float[] samples, int from, int to, Consumer<FrameFeatures> sink) {
    taken += to - from;
    end = samplesInAll();
    long target = Math.max(heard.frame + 1, framesInAll());
    hear(samples, from, to, sink, target);
    while (heard.frame < target) {
      if (resampler == null) {
        framer.pad();
        stepped(sink, target);
      } else {
        resampler.pad();
        drain(sink, target);
      }
    }
  }

  /** Sound of this many seconds was lost: times go on as if it had been heard. */
  public void skip(double seconds) {
    skipped += seconds;
  }

  private void hear(float[] samples, int from, int to, Consumer<FrameFeatures> sink, long target) {
    if (resampler == null) {
      step(samples, from, to, sink, target);
      return;
    }
    int at = from;
    while (at < to) {
      at = resampler.take(samples, at, to);
      drain(sink, target);
    }
  }

  private void drain(Consumer<FrameFeatures> sink, long target) {
    int given = resampler.give(resampled);
    while (given > 0) {
      step(resampled, 0, given, sink, target);
      given = resampler.give(resampled);
    }
  }

  private void step(float[] samples, int from, int to, Consumer<FrameFeatures> sink, long target) {
    int at = from;
    while (at < to) {
      at = framer.take(samples, at, to);
      stepped(sink, target);
    }
  }

  private void stepped(Consumer<FrameFeatures> sink, long target) {
    if (framer.stepComplete() && heard.frame < target) {
      listen();
      if (framer.steps() >= firstStep()) {
        heard.frame++;
        heard.last = heard.frame == target;
        sink.accept(heard);
        heard.onset = false;
      }
    }
  }

  /** The first step whose window has its centre within the sound. */
  private long firstStep() {
    return Math.max(1, (fft / 2 + hop - 1) / hop);
  }

  private long samplesInAll() {
    return resampler == null ? taken : resampler.outputs(taken);
  }

  private long framesInAll() {
    return (samplesInAll() + fft / 2) / hop - firstStep() + 1;
  }

  private void listen() {
    float[] history = framer.history();
    double now = skipped + framer.steps() * (double) hop / rate;
    heard.centreSeconds = skipped + (framer.steps() * (double) hop - fft / 2) / rate;
    shape.measure(spectrum.magnitudes(history, fft), heard.raw, FrameFeatures.CENTROID);
    int sounding = (int) Math.max(0, Math.min(hop, end - (framer.steps() - 1) * hop));
    float[] sound = highPass(history, sounding);
    newestRms = rms(sound, sound.length, hop);
    heard.levelDbfs = Math.max(20 * Math.log10(Math.max(newestRms, 1e-9)), LEVEL_FLOOR_DBFS);
    heard.silent = gate.silent(heard.levelDbfs, now);
    heard.onset |= notes.hear(sound, sounding, now, newestRms, heard.silent);
    heard.pitchMidi = notes.midi();
    heard.pitchConfidence = notes.confidence();
    writeRaw(sound, now);
    writeVector();
  }

  /** The newest sound behind the high-pass; what lies after the sound's end is silence there. */
  private float[] highPass(float[] history, int sounding) {
    highPass.filter(history, fft - hop, fft - hop + sounding, filtered);
    Arrays.fill(filtered, sounding, hop, 0);
    highPassed.take(filtered, 0, hop);
    highPassed.stepComplete();
    return highPassed.history();
  }

  private void writeRaw(float[] sound, double now) {
    double[] raw = heard.raw;
    raw[FrameFeatures.AMBITUS] = notes.ambitus(now, heard.silent);
    raw[FrameFeatures.DENSITY] = notes.density(now);
    raw[FrameFeatures.RMS] = rmsSamples == hop ? newestRms : rms(sound, sound.length, rmsSamples);
  }

  private void writeVector() {
    double[] vector = heard.vector;
    Scaling scaling = scalings.get();
    if (scaling != heard.scaling) {
      rescale(scaling);
    }
    // Already while the gate holds: what lies between two notes has no colour worth following.
    boolean frozen = heard.silent || heard.levelDbfs < settings.gate().closeDbfs();
    int steady = frozen ? FrameFeatures.CENTROID : Scaling.SIZE;
    for (int i = 0; i < steady; i++) {
      vector[i] = scaling.scale(i, heard.raw[i]);
    }
    smoothNotes.smooth(vector, FrameFeatures.AMBITUS);
    smoothRms.smooth(vector, FrameFeatures.RMS);
    if (!frozen) {
      coloured = true;
      System.arraycopy(heard.raw, 0, held, 0, Scaling.SIZE);
      smoothSpectrum.smooth(vector, FrameFeatures.CENTROID);
    }
  }

  /** What stands still is shown on the new scale, too, and smoothing begins anew. */
  private void rescale(Scaling scaling) {
    heard.scaling = scaling;
    smoothNotes.forget();
    smoothRms.forget();
    smoothSpectrum.forget();
    for (int i = FrameFeatures.CENTROID; coloured && i < Scaling.SIZE; i++) {
      heard.vector[i] = scaling.scale(i, held[i]);
    }
  }

  private static double rms(float[] history, int end, int length) {
    double even = 0;
    double odd = 0;
    int i = end - length;
    for (; i + 1 < end; i += 2) {
      even += history[i] * (double) history[i];
      odd += history[i + 1] * (double) history[i + 1];
    }
    if (i < end) {
      even += history[i] * (double) history[i];
    }
    return Math.sqrt((even + odd) / length);
  }

  /** One-pole smoothing of a group of values: alpha = 1 - exp(-dt/tau); tau 0 = off. */
  private static final class Smoother {
    private final double alpha;
    private final double[] state;
    private boolean begun;

    Smoother(double tauMs, double hopSeconds, int size) {
      alpha = tauMs > 0 ? 1 - Math.exp(-hopSeconds * 1000 / tauMs) : 1;
      state = new double[size];
    }

    /** Replaces values from..from+size-1 by their smoothed ones; the first ones are the start. */
    void smooth(double[] values, int from) {
      for (int i = 0; i < state.length; i++) {
        double value = values[from + i];
        state[i] = begun && alpha < 1 ? state[i] + alpha * (value - state[i]) : value;
        values[from + i] = state[i];
      }
      begun = true;
    }

    /** The next values are the start again. */
    void forget() {
      begun = false;
    }
  }
}
