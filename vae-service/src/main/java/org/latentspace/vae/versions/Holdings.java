package org.latentspace.vae.versions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelStand;
import org.latentspace.vae.versions.Held.State;

/** Knows which models are here, in memory or on disk, and which were refused. */
final class Holdings {
  private static final int MOST_REFUSED = 32;

  private final ModelStand stand;
  private final VersionCache cache;

  // Guarded by this.
  private final Map<String, Held> refused = new LinkedHashMap<>();
  private Held own;
  private Activated settled;

  Holdings(ModelStand stand, VersionCache cache) {
    this.stand = stand;
    this.cache = cache;
  }

  /** Notes the player's own model. */
  synchronized void own(Model model) {
    own = new Held("", model.version(), model.sha256(), State.BUILT_IN, "");
  }

  /** Notes that a version plays. */
  synchronized void settle(Activated version) {
    settled = version;
    refused.remove(version.name());
  }

  /** Notes why a version does not play; of too many the oldest note goes. */
  synchronized void refuse(Activated version, String reason) {
    refused.remove(version.name());
    refused.put(
        version.name(),
        new Held(version.model(), version.version(), version.sha256(), State.REFUSED, reason));
    if (refused.size() > MOST_REFUSED) {
      refused.remove(refused.keySet().iterator().next());
    }
  }

  /**
   * All of them, what plays first.
   *
   * @param fetching the version that is on its way, or null
   */
  synchronized List<Held> all(Activated fetching, String weather) {
    List<Held> all = new ArrayList<>();
    List<VersionCache.Entry> entries = cache.entries();
    add(all, stand.playing(), State.PLAYING, entries);
    add(all, stand.before(), State.BEFORE, entries);
    for (VersionCache.Entry entry : entries) {
      if (isNew(all, entry.sha256())) {
        all.add(new Held(entry.model(), entry.version(), entry.sha256(), State.CACHED, ""));
      }
    }
    if (own != null && isNew(all, own.sha256())) {
      all.add(own);
    }
    if (fetching != null) {
      String version = fetching.version();
      all.add(new Held(fetching.model(), version, fetching.sha256(), State.FETCHING, weather));
    }
    all.addAll(refused.values());
    return all;
  }

  private static boolean isNew(List<Held> all, String sha256) {
    return all.stream().noneMatch(held -> held.sha256().equals(sha256));
  }

  private void add(
      List<Held> all, ModelStand.Playing playing, State state, List<VersionCache.Entry> entries) {
    if (playing != null) {
      Model model = playing.unbent();
      all.add(new Held(lineOf(model, entries), model.version(), model.sha256(), state, ""));
    }
  }

  /** The line of versions that a model belongs to; empty for a file of this player. */
  synchronized String lineOf(Model model) {
    return lineOf(model, cache.entries());
  }

  private String lineOf(Model model, List<VersionCache.Entry> entries) {
    if (settled != null && settled.sha256().equals(model.sha256())) {
      return settled.model();
    }
    for (VersionCache.Entry entry : entries) {
      if (entry.sha256().equals(model.sha256())) {
        return entry.model();
      }
    }
    return "";
  }
}
