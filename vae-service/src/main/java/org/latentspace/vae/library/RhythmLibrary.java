package org.latentspace.vae.library;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.rhythm.Rhythm;

/**
 * Keeps the rhythms that others are compared with, and finds them again for the model that plays.
 *
 * <pre>
 *   replace(entries) --> entries --+--> onsets as bits   (at once; anew for another grid or voices)
 *                                  |
 *              the model ----------+--> latent places    (in the background; anew for each model)
 * </pre>
 *
 * Entries that do not fit a model stay, and are found again by a model that they fit. Any thread
 * may call.
 */
public final class RhythmLibrary {
  /** Entries that it holds at most. */
  public static final int MOST_ENTRIES = 100_000;

  /** Strokes that its entries have at most, all together: 48 MB. */
  public static final int MOST_STROKES = 3_000_000;

  /**
   * A rhythm and its name.
   *
   * @param id names the entry in answers; the caller keeps it unique
   */
  public record Entry(String id, Rhythm rhythm) {}

  private final Executor background;
  private final Supplier<Model> playing;
  private List<Entry> entries = List.of();
  private LibraryIndex index;

  /**
   * An empty library.
   *
   * @param background one thread that makes the index and computes latent places
   * @param playing the model that plays, or null
   */
  public RhythmLibrary(Executor background, Supplier<Model> playing) {
    this.background = background;
    this.playing = playing;
  }

  /**
   * Takes the place of what was there.
   *
   * @throws LimitExceeded when there are too many entries or strokes; what was there stays
   */
  public void replace(List<Entry> newEntries) {
    if (newEntries.size() > MOST_ENTRIES) {
      throw new LimitExceeded(newEntries.size() + " entries, must be at most " + MOST_ENTRIES);
    }
    long strokes = newEntries.stream().mapToLong(entry -> entry.rhythm().strokes()).sum();
    if (strokes > MOST_STROKES) {
      throw new LimitExceeded(strokes + " strokes in all entries, must be at most " + MOST_STROKES);
    }
    List<Entry> copy = List.copyOf(newEntries);
    synchronized (this) {
      entries = copy;
      drop();
    }
    prepare();
  }

  /** Makes the index for the model that plays, in the background; to be called when it changes. */
  public void prepare() {
    background.execute(
        () -> {
          Model model = playing.get();
          if (model != null) {
            index(model);
          }
        });
  }

  /** How many entries there are, whether they fit the model or not. */
  public synchronized int size() {
    return entries.size();
  }

  /**
   * The entries as this model sees them. The first call for other entries or another model makes
   * the index: 100 000 entries take about 0.2 s; their latent places follow in the background.
   */
  public synchronized LibraryIndex index(Model model) {
    if (index == null || index.places().model() != model) {
      OnsetIndex onsets = index == null ? null : index.onsets();
      if (onsets == null || !onsets.isOf(model)) {
        onsets = new OnsetIndex(entries, model);
      }
      drop();
      index = new LibraryIndex(onsets, new LatentIndex(onsets.entries(), model));
      background.execute(index.places());
    }
    return index;
  }

  private void drop() {
    if (index != null) {
      index.places().stop();
    }
    index = null;
  }
}
