package org.latentspace.training.versions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.latentspace.training.storage.Announcements;
import org.latentspace.training.storage.Door;

/** Changes what is kept of versions, and tells the players what they must know of it. */
public final class Versions {
  private static final String ACTIVE = "active";

  private final VersionStore store;
  private final Activations activations;
  private final VersionNews news;
  private final Announcements announcements;
  private final Door door;

  /**
   * @param folder of the store; what is not yet told is marked in its folder `.news`
   * @param door closed while nothing may be changed
   */
  public Versions(Path folder, VersionNews news, Door door) {
    this.door = door;
    store = new VersionStore(folder);
    activations = new Activations(folder, store);
    this.news = news;
    announcements = new Announcements(folder.resolve(".news"), this::tell);
  }

  /** Reads what is there, while the door is still closed. */
  public void open() {
    store.open();
    activations.open();
  }

  private CompletionStage<Void> tell(String key) {
    String model = key.substring(0, key.indexOf('/'));
    String name = key.substring(key.indexOf('/') + 1);
    if (name.equals(ACTIVE)) {
      return activations
          .active(model)
          .map(news::activated)
          .orElseGet(() -> CompletableFuture.completedFuture(null));
    }
    return store.find(model, name).map(news::published).orElseGet(() -> news.deleted(model, name));
  }

  /** As {@link VersionStore#put}, and players hear of it. */
  public Version publish(String model, String name, byte[] file, Version.Origin origin) {
    String key = Names.model(model) + "/" + Names.version(name);
    door.pass();
    return announcements.changing(key, () -> store.put(model, name, file, origin));
  }

  /**
   * Brings in a file that was made elsewhere. Throws NameTaken for a name that is, was or will be
   * another's, IllegalArgumentException where the sum is another than it should be.
   *
   * @param sha256 of the file; empty: nothing to compare with
   */
  public Version bringIn(String model, String name, String sha256, byte[] file, long nowMillis) {
    store.checkFree(Names.model(model), Names.version(name));
    if (!sha256.isEmpty() && !sha256.equals(Sha256.of(file))) {
      throw new IllegalArgumentException(
          "sha256 is " + Names.shown(sha256) + ", but the file's is " + Sha256.of(file));
    }
    return publish(model, name, file, Version.Origin.upload(nowMillis));
  }

  /** From now on this version plays. */
  public Activation activate(String model, String name, String reason, long nowMillis) {
    door.pass();
    Version version = store.get(model, name);
    return announcements.changing(
        model + "/" + ACTIVE, () -> activations.activate(version, reason, nowMillis));
  }

  /** What played before plays again. */
  public Activation rollBack(String model, long nowMillis) {
    door.pass();
    return announcements.changing(
        Names.model(model) + "/" + ACTIVE, () -> activations.rollBack(model, nowMillis));
  }

  /** Takes a version away that neither plays nor played before. */
  public Version delete(String model, String name) {
    door.pass();
    Version version = store.get(model, name);
    activations.letGo(version);
    return announcements.changing(version.key(), () -> store.delete(version));
  }

  /** Tells again what players may not have heard. */
  public void tellAgain() {
    announcements.again();
  }

  /**
   * Tells everything to those who have lost it: every version first, then which of each model
   * plays. Completes with how much that was when it cannot get lost.
   */
  public CompletionStage<Integer> tellAll() {
    door.pass();
    List<String> keys = new ArrayList<>();
    for (String model : store.models()) {
      store.list(model).forEach(version -> keys.add(version.key()));
    }
    for (String model : store.models()) {
      if (activations.active(model).isPresent()) {
        keys.add(model + "/" + ACTIVE);
      }
    }
    return announcements.all(keys);
  }

  public VersionStore store() {
    return store;
  }

  public Optional<Activation> active(String model) {
    return activations.active(model);
  }

  /** What is damaged, by name, with what is wrong. */
  public Map<String, String> damaged() {
    Map<String, String> all = new TreeMap<>(store.damaged());
    all.putAll(activations.damaged());
    return all;
  }
}
