package org.latentspace.vae.versions;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelStand;
import org.latentspace.vae.rhythm.NoRoom;

/**
 * Fetches the library of whichever version plays, after it has taken over. That it cannot be had is
 * weather: the library before stays, and it is tried again.
 */
public final class LibraryKeeper implements VersionThread.Turn {
  private final ModelStand stand;
  private final Versions versions;
  private final LibrarySource source;
  private final RhythmLibrary library;
  private final News news;

  // Guarded by this: whose library is here or on its way.
  private String brought = "";
  private String tried = "";
  private long retryNanos;
  private long pauseNanos;
  private volatile String weather = "ok";

  /** Keeps the library of what plays on this stand. */
  public LibraryKeeper(
      ModelStand stand, Versions versions, LibrarySource source, RhythmLibrary library, News news) {
    this.stand = stand;
    this.versions = versions;
    this.source = source;
    this.library = library;
    this.news = news;
  }

  @Override
  public long turn(long nowNanos) {
    ModelStand.Playing playing = stand.playing();
    if (playing == null) {
      return Versions.NEVER;
    }
    Model model = playing.model();
    synchronized (this) {
      if (model.sha256().equals(brought)) {
        return Versions.NEVER;
      }
      if (!model.sha256().equals(tried)) {
        tried = model.sha256();
        retryNanos = nowNanos;
        pauseNanos = Versions.FIRST_PAUSE_NANOS;
      }
      if (nowNanos < retryNanos) {
        return retryNanos;
      }
    }
    return bring(model, nowNanos);
  }

  private long bring(Model model, long nowNanos) {
    long heard = versions.heard();
    BooleanSupplier givenUp = () -> versions.heard() != heard || !isWanted(model);
    try {
      List<Entry> entries = source.library(versions.lineOf(model), model, givenUp);
      put(model, entries);
      return Versions.NEVER;
    } catch (SourceAway e) {
      return later(model, e.getMessage(), nowNanos);
    } catch (NoRoom e) {
      news.bad("the library of " + model.version() + " is left out: " + e.getMessage());
      putByHand();
      return Versions.NEVER;
    }
  }

  private synchronized void put(Model model, List<Entry> entries) {
    // Else somebody has put a library by hand meanwhile.
    if (!model.sha256().equals(brought)) {
      library.replace(entries);
      brought = model.sha256();
      weather = "ok";
    }
  }

  private synchronized long later(Model model, String why, long nowNanos) {
    if (!isWanted(model)) {
      return nowNanos;
    }
    weather = "the library of " + model.version() + " is not here yet: " + why;
    retryNanos = nowNanos + pauseNanos;
    pauseNanos = Math.min(Versions.LONGEST_PAUSE_NANOS, pauseNanos * 2);
    return retryNanos;
  }

  private synchronized boolean isWanted(Model model) {
    ModelStand.Playing playing = stand.playing();
    return playing != null
        && playing.model().sha256().equals(model.sha256())
        && !model.sha256().equals(brought);
  }

  /** Somebody has put a library by hand: it stays until another version takes over. */
  public synchronized void putByHand() {
    ModelStand.Playing playing = stand.playing();
    brought = playing == null ? "" : playing.model().sha256();
    weather = "ok";
  }

  /** "ok", or why the library of what plays is not here. */
  public String weather() {
    return weather;
  }
}
