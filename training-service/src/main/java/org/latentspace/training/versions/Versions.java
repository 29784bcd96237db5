package org.latentspace.training.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.latentspace.training.data.Text;
import org.latentspace.training.storage.Announcements;
import org.latentspace.training.storage.Sha256;
import org.latentspace.training.storage.StoredFile;
import org.latentspace.training.storage.WriteGate;

/**
 * Changes versions and which of them plays, and publishes every change. Which plays and what played
 * before is a pile for every model: activating puts one on it, going back takes one off; below the
 * lowest is the player's own model.
 */
public final class Versions {
  static final String ACTIVE_FILE = "active.json";

  private static final String ACTIVE = "active";
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

  private final VersionStore store;
  private final BiFunction<String, Version, CompletionStage<Void>> publisher;
  private final Function<Activation, CompletionStage<Void>> activator;
  private final Announcements announcements;
  private final WriteGate gate;
  private final Path folder;
  // Both guarded by this: by model; which of them cannot be read, and why.
  private final Map<String, Pile> piles = new TreeMap<>();
  private final Map<String, String> damaged = new TreeMap<>();

  /**
   * @param folder of the store; unpublished changes are marked in its folder `.news`
   * @param publisher of a version, by its key; null: it is deleted. Completes once the record is
   *     durable, as the activator does
   * @param activator publishes which version plays
   * @param gate closed while nothing may be changed
   */
  public Versions(
      Path folder,
      BiFunction<String, Version, CompletionStage<Void>> publisher,
      Function<Activation, CompletionStage<Void>> activator,
      WriteGate gate) {
    this.gate = gate;
    store = new VersionStore(folder);
    this.folder = folder;
    this.publisher = publisher;
    this.activator = activator;
    announcements = new Announcements(folder.resolve(".news"), this::tell);
  }

  /** Reads what is there, while the gate is still closed. */
  public synchronized void open() {
    store.open();
    for (String model : store.models()) {
      Path file = folder.resolve(model).resolve(ACTIVE_FILE);
      try {
        if (Files.exists(file)) {
          piles.put(model, StoredFile.readJson(file, Pile.class));
        }
      } catch (IOException | RuntimeException unreadable) {
        damaged.put(model + "/active", "which version plays cannot be read: activate one");
      }
    }
  }

  private CompletionStage<Void> tell(String key) {
    String model = key.substring(0, key.indexOf('/'));
    String name = key.substring(key.indexOf('/') + 1);
    if (name.equals(ACTIVE)) {
      return active(model).map(activator).orElseGet(() -> CompletableFuture.completedFuture(null));
    }
    return publisher.apply(key, store.find(model, name).orElse(null));
  }

  /** As {@link VersionStore#put}, and published. */
  public Version publish(String model, String name, byte[] file, Version.Origin origin) {
    String key = ModelNames.model(model) + "/" + ModelNames.version(name);
    gate.check();
    return announcements.changing(key, () -> store.put(model, name, file, origin));
  }

  /**
   * Brings in a file that was made elsewhere. Throws NameTaken for a name that is, was or will be
   * another's, IllegalArgumentException where the sum is another than it should be.
   *
   * @param sha256 of the file; empty: nothing to compare with
   */
  public Version bringIn(String model, String name, String sha256, byte[] file, long nowMillis) {
    store.checkFree(ModelNames.model(model), ModelNames.version(name));
    if (!sha256.isEmpty() && !sha256.equals(Sha256.of(file))) {
      throw new IllegalArgumentException(
          "sha256 is " + Text.printable(sha256, 64) + ", but the file's is " + Sha256.of(file));
    }
    return publish(model, name, file, Version.Origin.upload(nowMillis));
  }

  /** From now on this version plays. Throws DamagedVersion where its file is not sound. */
  public Activation activate(String model, String name, String reason, long nowMillis) {
    gate.check();
    Version version = store.get(model, name);
    return announcements.changing(model + "/" + ACTIVE, () -> play(version, reason, nowMillis));
  }

  /**
   * What played before plays again; a version that is damaged or gone is passed over. Throws
   * IllegalStateException where nothing was activated.
   */
  public Activation rollBack(String model, long nowMillis) {
    gate.check();
    return announcements.changing(
        ModelNames.model(model) + "/" + ACTIVE, () -> goBack(model, nowMillis));
  }

  /** Takes a version away that neither plays nor played before. */
  public Version delete(String model, String name) {
    gate.check();
    Version version = store.get(model, name);
    letGo(version);
    return announcements.changing(version.key(), () -> store.delete(version));
  }

  /** Publishes again what may not have reached the log. */
  public void tellAgain() {
    announcements.again();
  }

  /**
   * Tells everything to those who have lost it: every version first, then which of each model
   * plays. Completes with how much that was when it cannot get lost.
   */
  public CompletionStage<Integer> tellAll() {
    gate.check();
    List<String> keys = new ArrayList<>();
    for (String model : store.models()) {
      store.list(model).forEach(version -> keys.add(version.key()));
    }
    for (String model : store.models()) {
      if (active(model).isPresent()) {
        keys.add(model + "/" + ACTIVE);
      }
    }
    return announcements.all(keys);
  }

  public VersionStore store() {
    return store;
  }

  /** The last published activation; empty before the first. */
  public synchronized Optional<Activation> active(String model) {
    return Optional.ofNullable(piles.get(model)).map(Pile::last);
  }

  /** Whether the version of this name, model/version, plays. */
  public boolean plays(String key) {
    return active(key.substring(0, key.indexOf('/')))
        .filter(last -> key.equals(last.model() + "/" + last.version()))
        .isPresent();
  }

  /** What is damaged, by name, with what is wrong. */
  public synchronized Map<String, String> damaged() {
    Map<String, String> all = new TreeMap<>(store.damaged());
    all.putAll(damaged);
    return all;
  }

  private synchronized Activation play(Version version, String reason, long nowMillis) {
    store.verified(version);
    List<String> pile = new ArrayList<>(pile(version.model()));
    if (pile.isEmpty() || !pile.get(pile.size() - 1).equals(version.name())) {
      pile.add(version.name());
    }
    return keep(version.model(), tail(pile), reason, nowMillis);
  }

  private synchronized Activation goBack(String model, long nowMillis) {
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
    StoredFile.writeJson(folder.resolve(model).resolve(ACTIVE_FILE), next);
    piles.put(model, next);
    damaged.remove(model + "/active");
    return activation;
  }

  /** Throws IllegalStateException for the version that plays and for the one before it. */
  private synchronized void letGo(Version version) {
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
}
