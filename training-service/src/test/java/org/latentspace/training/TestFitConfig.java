package org.latentspace.training;

/** The fits' part of a configuration for tests, at its defaults. */
interface TestFitConfig extends FitConfig {
  @Override
  default Fit fit() {
    return new Fit() {
      @Override
      public boolean warm() {
        return true;
      }

      @Override
      public int warmAfterMs() {
        return 4000;
      }

      @Override
      public int heapMb() {
        return 96;
      }

      @Override
      public int nativeMb() {
        return 128;
      }

      @Override
      public int nice() {
        return 5;
      }

      @Override
      public int waiting() {
        return 64;
      }

      @Override
      public int patienceMs() {
        return 15_000;
      }
    };
  }
}
