package org.latentspace.audio;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latentspace.proto.Echo;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoOutlet;

/** Hands the echo on to the clients that push sound: one a performer. */
@ApplicationScoped
public class AudioEchoes {
  private final Map<String, EchoOutlet> byPerformer = new ConcurrentHashMap<>();

  /** False when another caller pushes for this performer. */
  public boolean claim(String performer, EchoOutlet pusher) {
    EchoOutlet holder = byPerformer.putIfAbsent(performer, pusher);
    return holder == null || holder == pusher;
  }

  /** The caller is gone; its performers are free for another. */
  public void release(EchoOutlet pusher) {
    byPerformer.values().removeIf(holder -> holder == pusher);
  }

  /** Adds this stage to an echo and hands it to the caller that pushes for its performer. */
  public void offer(Echo echo, Supplier<StageStatus> ownStage) {
    EchoOutlet pusher = byPerformer.get(echo.getOrigin().getPerformer());
    long now = System.nanoTime();
    if (pusher != null && (echo.getFinished() || pusher.wants(echo.getOrigin(), now))) {
      Echo whole = echo.toBuilder().clearStages().addStages(ownStage.get()).build();
      pusher.offer(whole.toBuilder().addAllStages(echo.getStagesList()).build(), now);
    }
  }
}
