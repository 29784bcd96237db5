package org.latentspace.vae.playing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.model.ActiveModel.Playing;
import org.latentspace.vae.model.Decoder;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * Points that are due together, each of another performer: their places are decoded in one pass
 * over the weights. The rhythms are the same as one by one.
 *
 * <p>Belongs to one thread.
 */
public final class PointBatch {
  /** So many places are decoded together; the rows of more would leave the processor's cache. */
  public static final int MOST = 16;

  private final List<Entry> entries = new ArrayList<>(MOST);
  private final float[][] z = new float[MOST][];
  private final RhythmTensor[] tensors = new RhythmTensor[MOST];
  private Playing playing;
  private Model model;
  private Decoder decoder;

  private record Entry(Performer performer, LatentPoint point, long arrivedNanos, boolean decode) {}

  /** Whether a point of this performer can be added before the others are played. */
  public boolean hasRoom(Performer performer, Playing now) {
    return entries.isEmpty() || entries.size() < MOST && playing == now && !holds(performer);
  }

  private boolean holds(Performer performer) {
    for (Entry entry : entries) {
      if (entry.performer == performer) {
        return true;
      }
    }
    return false;
  }

  /** Adds a point for which there is room. */
  public void add(Performer performer, LatentPoint point, Playing now, long arrivedNanos) {
    playing = now;
    entries.add(new Entry(performer, point, arrivedNanos, performer.aim(point, now)));
  }

  /**
   * Plays all that was added, in that order. A point that finds a fault in this program ends none
   * of the others.
   *
   * @param send is given each rhythm, and when its point had arrived
   * @param failed is given the origin of each point without a rhythm, and why
   */
  public void play(ObjLongConsumer<DecodedRhythm> send, BiConsumer<Origin, Exception> failed) {
    RuntimeException fault = null;
    try {
      decode();
    } catch (RuntimeException e) {
      fault = e;
    }
    for (Entry entry : entries) {
      try {
        if (fault != null) {
          throw fault;
        }
        send.accept(entry.performer.rhythm(entry.point, entry.decode), entry.arrivedNanos);
      } catch (RuntimeException e) {
        failed.accept(entry.point.origin(), e);
      }
    }
    entries.clear();
  }

  private void decode() {
    int count = 0;
    for (Entry entry : entries) {
      if (entry.decode) {
        z[count] = entry.performer.z();
        tensors[count++] = entry.performer.tensor();
      }
    }
    if (count > 0) {
      if (model != playing.model()) {
        model = playing.model();
        decoder = new Decoder(model, MOST);
      }
      decoder.decode(z, tensors, count);
    }
  }
}
