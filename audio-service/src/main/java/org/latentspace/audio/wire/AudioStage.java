package org.latentspace.audio.wire;

import jakarta.inject.Singleton;
import org.latentspace.wire.EchoRouter;
import org.latentspace.wire.StageMeter;

/** What inlet and outlet share: what this stage counts, and the way of its echoes. */
@Singleton
public class AudioStage {
  private final StageMeter meter = new StageMeter("audio-service");
  private final EchoRouter echoes = new EchoRouter();

  public StageMeter meter() {
    return meter;
  }

  /** To callers that push sound: one caller a performer. */
  public EchoRouter echoes() {
    return echoes;
  }
}
