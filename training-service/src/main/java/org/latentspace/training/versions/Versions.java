package org.latentspace.training.versions;

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
import org.latentspace.training.storage.Announcements;
import org.latentspace.training.storage.Sha256;
import org.latentspace.training.storage.WriteGate;

/** Changes versions and which of them plays, and publishes every change. */
public final class Versions {
  private static final String ACTIVE = "active";

  private final VersionStore store;
  private final ModelActivations activations;
  private final BiFunction<String, Version, CompletionStage<Void>> publisher;
  private final Function<ModelActivations.Activation, CompletionStage<Void>> activator;
  private final Announcements announcements;
  private final WriteGate gate;

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
      Function<ModelActivations.Activation, CompletionStage<Void>> activator,
      WriteGate gate) {
    this.gate = gate;
    store = new VersionStore(folder);
    activations = new ModelActivations(folder, store);
    this.publisher = publisher;
    this.activator = activator;
    announcements = new Announcements(folder.resolve(".news"), this::tell);
  }

  /** Reads what is there, while the gate is still closed. */
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
          .map(activator)
          .orElseGet(() -> CompletableFuture.completedFuture(null));
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
          "sha256 is " + ModelNames.shown(sha256) + ", but the file's is " + Sha256.of(file));
    }
    return publish(model, name, file, Version.Origin.upload(nowMillis));
  }

  /** From now on this version plays. */
  public ModelActivations.Activation activate(
      String model, String name, String reason, long nowMillis) {
    gate.check();
    Version version = store.get(model, name);
    return announcements.changing(
        model + "/" + ACTIVE, () -> activations.activate(version, reason, nowMillis));
  }

  /** What played before plays again. */
  public ModelActivations.Activation rollBack(String model, long nowMillis) {
    gate.check();
    return announcements.changing(
        ModelNames.model(model) + "/" + ACTIVE, () -> activations.rollBack(model, nowMillis));
  }

  /** Takes a version away that neither plays nor played before. */
  public Version delete(String model, String name) {
    gate.check();
    Version version = store.get(model, name);
    activations.letGo(version);
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
      if (activations.active(model).isPresent()) {
        keys.add(model + "/" + ACTIVE);
      }
    }
    return announcements.all(keys);
  }

  public VersionStore store() {
    return store;
  }

  public Optional<ModelActivations.Activation> active(String model) {
    return activations.active(model);
  }

  /** Whether the version of this name, model/version, plays. */
  public boolean plays(String key) {
    return active(key.substring(0, key.indexOf('/')))
        .filter(last -> key.equals(last.model() + "/" + last.version()))
        .isPresent();
  }

  /** What is damaged, by name, with what is wrong. */
  public Map<String, String> damaged() {
    Map<String, String> all = new TreeMap<>(store.damaged());
    all.putAll(activations.damaged());
    return all;
  }
}
