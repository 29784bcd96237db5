package org.latentspace.vae;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.latentspace.wire.StageMeter;

/** Counts and measures what vae-service does; {@link VaeMetrics} and the echo show it. */
@Singleton
public class VaeMeter {
  /** Folder name of the service, as the echo says it. */
  public static final String STAGE = "vae-service";

  private final StageMeter stage = new StageMeter(STAGE);
  private final LongAdder passed = new LongAdder();
  private final LongAdder decoded = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder crowded = new LongAdder();
  private final LongAdder modelsLoaded = new LongAdder();
  private final LongAdder modelsRefused = new LongAdder();

  /** What every stage measures. */
  public StageMeter stage() {
    return stage;
  }

  /** A point got no rhythm: no model, or no room for the performer. */
  public void passed() {
    passed.increment();
  }

  /** A point got a rhythm: a new one, or the one before once more. */
  public void played(boolean anew) {
    (anew ? decoded : repeated).increment();
  }

  /** Another model was to take over. */
  public void load(boolean accepted) {
    (accepted ? modelsLoaded : modelsRefused).increment();
  }

  /** A call apart from the live path was refused, because too many others were before it. */
  public void crowded() {
    crowded.increment();
  }

  long crowdedCount() {
    return crowded.sum();
  }

  long passedCount() {
    return passed.sum();
  }

  long decodedCount() {
    return decoded.sum();
  }

  long repeatedCount() {
    return repeated.sum();
  }

  long modelsLoadedCount() {
    return modelsLoaded.sum();
  }

  long modelsRefusedCount() {
    return modelsRefused.sum();
  }
}
