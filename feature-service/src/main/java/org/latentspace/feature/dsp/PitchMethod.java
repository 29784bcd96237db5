package org.latentspace.feature.dsp;

import be.tarsos.dsp.pitch.DynamicWavelet;
import be.tarsos.dsp.pitch.FastYin;
import be.tarsos.dsp.pitch.McLeodPitchMethod;

/** How the pitch is found; docs/decisions/0003-pitch-detector.md says which suits whom. */
public enum PitchMethod {
  /** By autocorrelation, as for all unless something else is said. */
  OWN,
  /** TarsosDSP's YIN (de Cheveigné and Kawahara 2002), computed by transforms. */
  YIN,
  /** TarsosDSP's McLeod pitch method (McLeod and Wyvill 2005). */
  MPM,
  /** TarsosDSP's dynamic wavelet (Larson and Maddox 2005). */
  WAVELET;

  /** window: samples, a power of two in 256..16384; rate: Hz. */
  public PitchDetector detector(int window, double rate) {
    return switch (this) {
      case OWN -> new AutocorrelationPitchDetector(window, rate);
      case YIN -> new TarsosPitchDetector(new FastYin((float) rate, window), window, rate);
      case MPM ->
          new TarsosPitchDetector(new McLeodPitchMethod((float) rate, window), window, rate);
      case WAVELET ->
          new TarsosPitchDetector(new DynamicWavelet((float) rate, window), window, rate);
    };
  }
}
