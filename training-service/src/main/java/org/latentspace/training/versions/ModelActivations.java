package org.latentspace.training.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.latentspace.training.storage.StoredFile;

/**
 * Remembers for every model which version plays and what played before, as a pile: activating puts
 * one on it, going back takes one off; below the lowest is the player's own model.
 */
public final class ModelActivations {
  static final String FILE = "active.json";

  private static final int HIGHEST_PILE = 100;

  /**
   * From a moment on, this version plays.
   *
   * @param version or {@link ModelNames#BUILT_IN}: the model that the player itself was configured
   *     with
   * @param previous where going back leads; empty at the bottom
   * @param reason "researcher", "policy" or "roll back"
   * @param sha256 of the version's file; empty for the built-in one
   */
  public record Activation(
      String model,
      String version,
      String previous,
      long activatedMillis,
      String reason,
      String sha256,
      long bytes) {}

  /** As it stands on the disk. */
  record Pile(List<String> versions, Activation last) {
    Pile {
      versions = List.copyOf(versions);
    }
  }

  private final Path folder;
  private final VersionStore store;
  // Both guarded by this.
  private final Map<String, Pile> piles = new TreeMap<>();
  private final Map<String, String> damaged = new TreeMap<>();

  public ModelActivations(Path folder, VersionStore store) {
    this.folder = folder;
    this.store = store;
  }

  /** Reads what is there. */
  synchronized void open() {
    for (String model : store.models()) {
      Path file = folder.resolve(model).resolve(FILE);
      try {
        if (Files.exists(file)) {
          piles.put(model, StoredFile.readJson(file, Pile.class));
        }
      } catch (IOException | RuntimeException unreadable) {
        damaged.put(model + "/active", "which version plays cannot be read: activate one");
      }
    }
  }

  /** The last published activation; empty before the first. */
  public synchronized Optional<Activation> active(String model) {
    return Optional.ofNullable(piles.get(model)).map(Pile::last);
  }

  /** A version plays from now on. Throws DamagedVersion where its file is not sound. */
  public synchronized Activation activate(Version version, String reason, long nowMillis) {
    store.verified(version);
    List<String> pile = new ArrayList<>(pile(version.model()));
    if (pile.isEmpty() || !pile.get(pile.size() - 1).equals(version.name())) {
      pile.add(version.name());
    }
    return keep(version.model(), tail(pile), reason, nowMillis);
  }

  /**
   * What played before plays again; a version that is damaged or gone is passed over. Throws
   * IllegalStateException where nothing was activated.
   */
  public synchronized Activation rollBack(String model, long nowMillis) {
    List<String> pile = new ArrayList<>(pile(model));
    if (pile.isEmpty()) {
      throw new IllegalStateException(
          "of " + model + " no version plays: there is nothing to go back to");
    }
    do {
      pile.remove(pile.size() - 1);
    } while (!pile.isEmpty() && !sound(model, pile.get(pile.size() - 1)));
    return keep(model, pile, "roll back", nowMillis);
  }

  private boolean sound(String model, String name) {
    try {
      store.verified(store.get(model, name));
      return true;
    } catch (RuntimeException damagedOrGone) {
      return false;
    }
  }

  private Activation keep(String model, List<String> pile, String reason, long nowMillis) {
    int top = pile.size() - 1;
    String name = top < 0 ? ModelNames.BUILT_IN : pile.get(top);
    Optional<Version> version = store.find(model, name);
    Activation activation =
        new Activation(
            model,
            name,
            top < 1 ? "" : pile.get(top - 1),
            nowMillis,
            reason,
            version.map(Version::sha256).orElse(""),
            version.map(Version::bytes).orElse(0L));
    Pile next = new Pile(pile, activation);
    StoredFile.writeJson(folder.resolve(model).resolve(FILE), next);
    piles.put(model, next);
    damaged.remove(model + "/active");
    return activation;
  }

  /** Throws IllegalStateException for the version that plays and for the one before it. */
  synchronized void letGo(Version version) {
    List<String> pile = new ArrayList<>(pile(version.model()));
    int top = pile.size() - 1;
    if (top >= 0 && pile.get(top).equals(version.name())) {
      throw new IllegalStateException(version.key() + " plays: activate another one first");
    }
    if (top >= 1 && pile.get(top - 1).equals(version.name())) {
      throw new IllegalStateException(
          version.key() + " played before, so rolling back would need it");
    }
    Pile before = piles.get(version.model());
    if (before != null && pile.removeIf(version.name()::equals)) {
      Activation last = before.last();
      keep(version.model(), pile, last.reason(), last.activatedMillis());
    }
  }

  private List<String> pile(String model) {
    Pile pile = piles.get(model);
    return pile == null ? List.of() : pile.versions();
  }

  private static List<String> tail(List<String> pile) {
    return pile.subList(Math.max(0, pile.size() - HIGHEST_PILE), pile.size());
  }

  /** model/active of what is damaged, with what is wrong. */
  public synchronized Map<String, String> damaged() {
    return Map.copyOf(damaged);
  }
}
