package org.latentspace.training.data;

/** The data set's part of a configuration for tests, at its defaults. */
public interface TestDataConfig extends DataConfig {
  @Override
  default String importDir() {
    return "data/import";
  }

  @Override
  default int mostPieces() {
    return 100_000;
  }

  @Override
  default long mostNotes() {
    return 5_000_000;
  }

  @Override
  default int minOnsets() {
    return 1;
  }

  @Override
  default Novelty novelty() {
    return new Novelty() {
      @Override
      public double limit() {
        return 0.45;
      }

      @Override
      public boolean takeKnown() {
        return false;
      }
    };
  }
}
