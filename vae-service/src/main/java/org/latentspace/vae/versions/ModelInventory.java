package org.latentspace.vae.versions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;

/** Knows which models are here, in memory or on disk, and which were refused. */
public final class ModelInventory {
  private static final int MOST_REFUSED = 32;

  private final ActiveModel activeModel;
  private final VersionStore cache;

  // Guarded by this.
  private final Map<String, KnownModel> refused = new LinkedHashMap<>();
  private KnownModel own;
  private ModelActivation settled;

  ModelInventory(ActiveModel activeModel, VersionStore cache) {
    this.activeModel = activeModel;
    this.cache = cache;
  }

  /** Notes the player's own model. */
  synchronized void setOwn(Model model) {
    own = new KnownModel("", model.version(), model.sha256(), KnownModel.State.BUILT_IN, "");
  }

  /** Notes that a version plays. */
  synchronized void settle(ModelActivation version) {
    settled = version;
    refused.remove(version.name());
  }

  /** Notes why a version does not play; of too many the oldest note goes. */
  synchronized void refuse(ModelActivation version, String reason) {
    refused.remove(version.name());
    refused.put(
        version.name(),
        new KnownModel(
            version.model(),
            version.version(),
            version.sha256(),
            KnownModel.State.REFUSED,
            reason));
    if (refused.size() > MOST_REFUSED) {
      refused.remove(refused.keySet().iterator().next());
    }
  }

  /**
   * All of them, what plays first.
   *
   * @param fetching the version that is on its way, or null
   */
  synchronized List<KnownModel> all(ModelActivation fetching, String status) {
    List<KnownModel> all = new ArrayList<>();
    List<ModelActivation> entries = cache.versions();
    add(all, activeModel.playing(), KnownModel.State.PLAYING, entries);
    add(all, activeModel.previous(), KnownModel.State.BEFORE, entries);
    for (ModelActivation entry : entries) {
      if (isNew(all, entry.sha256())) {
        all.add(
            new KnownModel(
                entry.model(), entry.version(), entry.sha256(), KnownModel.State.CACHED, ""));
      }
    }
    if (own != null && isNew(all, own.sha256())) {
      all.add(own);
    }
    if (fetching != null) {
      String version = fetching.version();
      all.add(
          new KnownModel(
              fetching.model(), version, fetching.sha256(), KnownModel.State.FETCHING, status));
    }
    all.addAll(refused.values());
    return all;
  }

  private static boolean isNew(List<KnownModel> all, String sha256) {
    return all.stream().noneMatch(held -> held.sha256().equals(sha256));
  }

  private void add(
      List<KnownModel> all,
      ActiveModel.Playing playing,
      KnownModel.State state,
      List<ModelActivation> entries) {
    if (playing != null) {
      Model model = playing.unbent();
      all.add(new KnownModel(lineOf(model, entries), model.version(), model.sha256(), state, ""));
    }
  }

  /** The line of versions that a model belongs to; empty for a file of this player. */
  synchronized String lineOf(Model model) {
    return lineOf(model, cache.versions());
  }

  private String lineOf(Model model, List<ModelActivation> entries) {
    if (settled != null && settled.sha256().equals(model.sha256())) {
      return settled.model();
    }
    for (ModelActivation entry : entries) {
      if (entry.sha256().equals(model.sha256())) {
        return entry.model();
      }
    }
    return "";
  }

  /**
   * A model that is here, on its way here, or was refused.
   *
   * @param model line of versions, or empty for a file of this player
   * @param version its name
   * @param sha256 of the file
   * @param state see {@link State}
   * @param reason why it was refused or is not here yet, else empty
   */
  public record KnownModel(
      String model, String version, String sha256, State state, String reason) {

    /** What a held model is doing. */
    public enum State {
      PLAYING("playing"),
      /** A roll back goes there. */
      BEFORE("before"),
      CACHED("cached"),
      /** The player's own, of its configuration. */
      BUILT_IN("built in"),
      FETCHING("fetching"),
      REFUSED("refused");

      private final String word;

      State(String word) {
        this.word = word;
      }

      /** As the contract says it. */
      public String word() {
        return word;
      }
    }
  }
}
