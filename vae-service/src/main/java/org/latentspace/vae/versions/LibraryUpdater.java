package org.latentspace.vae.versions;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.versions.ModelSource.Unavailable;
import org.latentspace.vae.versions.VersionThread.RetryDelay;

/**
 * Fetches the library of whichever version plays, after it has taken over. While it cannot be
 * fetched the library before stays, and it is tried again.
 */
public final class LibraryUpdater {
  private final ActiveModel activeModel;
  private final VersionFollower versions;
  private final LibrarySource source;
  private final RhythmLibrary library;
  private final Consumer<String> warn;

  // Guarded by this: whose library is here or on its way.
  private String brought = "";
  private String tried = "";
  private final RetryDelay retry = new RetryDelay();
  private volatile String status = "ok";

  /**
   * Keeps the library of the active model.
   *
   * @param warn takes a line when a library is left out
   */
  public LibraryUpdater(
      ActiveModel activeModel,
      VersionFollower versions,
      LibrarySource source,
      RhythmLibrary library,
      Consumer<String> warn) {
    this.activeModel = activeModel;
    this.versions = versions;
    this.source = source;
    this.library = library;
    this.warn = warn;
  }

  /** Does what is to be done now, as a task of the {@link VersionThread}; may block. */
  public long turn(long nowNanos) {
    ActiveModel.Playing playing = activeModel.playing();
    if (playing == null) {
      return VersionFollower.NEVER;
    }
    Model model = playing.model();
    synchronized (this) {
      if (model.sha256().equals(brought)) {
        return VersionFollower.NEVER;
      }
      if (!model.sha256().equals(tried)) {
        tried = model.sha256();
        retry.reset();
      }
      if (nowNanos < retry.dueNanos()) {
        return retry.dueNanos();
      }
    }
    return bring(model, nowNanos);
  }

  private long bring(Model model, long nowNanos) {
    long activations = versions.activations();
    BooleanSupplier givenUp = () -> versions.activations() != activations || !isWanted(model);
    try {
      List<Entry> entries = source.library(versions.lineOf(model), model, givenUp);
      put(model, entries);
      return VersionFollower.NEVER;
    } catch (Unavailable e) {
      return later(model, e.getMessage(), nowNanos);
    } catch (LimitExceeded e) {
      warn.accept("the library of " + model.version() + " is left out: " + e.getMessage());
      keep();
      return VersionFollower.NEVER;
    }
  }

  private synchronized void put(Model model, List<Entry> entries) {
    // Else a library was put by hand meanwhile.
    if (!model.sha256().equals(brought)) {
      library.replace(entries);
      brought = model.sha256();
      status = "ok";
    }
  }

  private synchronized long later(Model model, String why, long nowNanos) {
    if (!isWanted(model)) {
      return nowNanos;
    }
    status = "the library of " + model.version() + " is not here yet: " + why;
    return retry.failed(nowNanos);
  }

  private synchronized boolean isWanted(Model model) {
    ActiveModel.Playing playing = activeModel.playing();
    return playing != null
        && playing.model().sha256().equals(model.sha256())
        && !model.sha256().equals(brought);
  }

  /**
   * Puts a library by hand: it stays until another version takes over.
   *
   * @throws IllegalStateException while there is no model
   */
  public void putByHand(List<Entry> entries) {
    activeModel.required();
    keep();
    library.replace(entries);
  }

  private synchronized void keep() {
    ActiveModel.Playing playing = activeModel.playing();
    brought = playing == null ? "" : playing.model().sha256();
    status = "ok";
  }

  /** "ok", or why the library of what plays is not here. */
  public String status() {
    return status;
  }

  /** Where the loops that a version was trained on are to be had. */
  public interface LibrarySource {
    /**
     * Fetches the library of a version; blocks. Entries that are no rhythms are left out.
     *
     * @param line of the version; empty for the player's own model
     * @param givenUp asked again and again; once true the fetch ends
     * @return at most as many entries and strokes as a library holds
     * @throws Unavailable when it cannot be had now, or was given up
     */
    List<Entry> library(String line, Model model, BooleanSupplier givenUp) throws Unavailable;
  }
}
