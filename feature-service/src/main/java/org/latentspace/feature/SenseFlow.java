package org.latentspace.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.latentspace.feature.senses.RefusedSense;
import org.latentspace.feature.senses.Sense;
import org.latentspace.feature.senses.Senses;

/**
 * Other senses than the sound; read {@link FeatureFlow} first.
 *
 * <pre>
 *   OSC --+
 *         +--> a performer's senses --> the next frame, and every one after it
 *   gRPC -+
 * </pre>
 */
@ApplicationScoped
public class SenseFlow {
  private final Senses senses;
  private volatile Supplier<String> door = () -> "off";
  private volatile LongSupplier badDatagrams = () -> 0;

  @Inject
  public SenseFlow(Senses senses) {
    this.senses = senses;
  }

  /**
   * Takes values of a performer's sense, which came at a time of System.nanoTime and which nobody
   * writes to any more. The result is null, or why they are refused.
   */
  public String feel(String performer, String sense, float[] values, long arrivedNanos) {
    return senses.feel(performer, sense, values, arrivedNanos);
  }

  /** Values of a performer's sense, both with proper names, could not be read. */
  public void refuse(String performer, String sense, String why, long arrivedNanos) {
    senses.refuse(performer, sense, why, arrivedNanos);
  }

  /** The performer's senses that are refused at the moment. */
  public List<RefusedSense> refused(String performer, long nowNanos) {
    return senses.refused(performer, nowNanos);
  }

  /** Something came of which it is not known whose it is. */
  public void refuse() {
    senses.refuse();
  }

  /** The performer's senses, in the vector's order. */
  public List<Sense> list(String performer) {
    return senses.list(performer);
  }

  /** Takes a sense out of the vector; false if it is not in it. */
  public boolean forget(String performer, String sense) {
    return senses.forget(performer, sense);
  }

  /** How the door for OSC fares. */
  public void describe(Supplier<String> weather, LongSupplier refusedDatagrams) {
    door = weather;
    badDatagrams = refusedDatagrams;
  }

  /** "ok", "off", or why no OSC is heard. */
  public String weather() {
    return door.get();
  }

  public long taken() {
    return senses.taken();
  }

  public long refused() {
    return senses.refused();
  }

  public long refusedDatagrams() {
    return badDatagrams.getAsLong();
  }
}
