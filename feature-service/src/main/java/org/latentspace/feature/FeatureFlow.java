package org.latentspace.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.Listeners;
import org.latentspace.feature.dsp.Listeners.Verdict;
import org.latentspace.feature.outlet.ExplorerOutlet;

/**
 * Read this first: how sound becomes ten numbers.
 *
 * <pre>
 *   block --> FeatureExtractor --+--frame--------------> explorer-service
 *             (the performer's)  |                             |
 *                                +--no frame--> audio-service <+ echo
 *                                |
 *   OSC, gRPC --> Senses --------+
 *   rehearsals --> RangeFlow ----+
 * </pre>
 *
 * <p>Blocks of one performer come one after the other; different performers may come from different
 * threads. Nothing here waits.
 */
@ApplicationScoped
public class FeatureFlow {
  private final Listeners listeners;
  private final ExplorerOutlet explorer;
  private volatile Supplier<String> osc = () -> "off";

  @Inject
  public FeatureFlow(Listeners listeners, ExplorerOutlet explorer) {
    this.listeners = listeners;
    this.explorer = explorer;
  }

  /** Hears a block that arrived at a time of System.nanoTime, and sends what was heard. */
  public Verdict hear(Block block, long arrivedNanos) {
    Verdict verdict =
        listeners.hear(block, arrivedNanos, heard -> explorer.send(block, heard, arrivedNanos));
    if (verdict == Verdict.UNFRAMED) {
      explorer.unframed(block);
    }
    return verdict;
  }

  /** Hands on what is told of a performer who is not heard, as their input is missing. */
  public void tell(String performer) {
    explorer.tell(performer);
  }

  /** Lets the performer of a live block that found no room see what the matter is. */
  public void tellRefused(Block block) {
    if (!block.origin().lossless()) {
      explorer.tell(block);
    }
  }

  /** How the door fares through which other senses come in by OSC. */
  public void describeOsc(Supplier<String> status) {
    osc = status;
  }

  /** "ok", "off", or why no OSC is heard. */
  public String osc() {
    return osc.get();
  }
}
