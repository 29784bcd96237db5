package org.latentspace.midi.outlet;

import java.util.concurrent.CompletionStage;

/** Where records are kept until the log has them. */
interface Keeper {
  /** Completes when the record is on disk; fails with the weather. */
  CompletionStage<Void> keep(String key, byte[] value);

  /** Records on disk that the log has not taken yet. */
  long waiting();

  /** "ok", or the weather. */
  String weather();

  /** Opens it where that is worth a try; throws with the weather. */
  interface Opening {
    Keeper open() throws Exception;
  }
}
