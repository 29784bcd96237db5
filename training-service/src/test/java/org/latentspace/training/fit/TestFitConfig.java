package org.latentspace.training.fit;

/** The fits' part of a configuration for tests, at its defaults. */
public interface TestFitConfig extends FitConfig {
  @Override
  default Fit fit() {
    return new Fit() {
      @Override
      public int nice() {
        return 5;
      }

      @Override
      public int waiting() {
        return 64;
      }
    };
  }
}
