package org.latentspace.vae.versions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelBytes;
import org.latentspace.vae.model.OneNote;
import org.latentspace.vae.outlet.VersionCache;

/**
 * A player as a test sees it: active model, cache, source and versions, on a clock of the test's.
 */
final class Player {
  final ActiveModel activeModel = new ActiveModel();
  final FakeSource source;
  final VersionStore cache;
  final VersionFollower versions;
  final List<String> good = new ArrayList<>();
  final List<String> bad = new ArrayList<>();
  long now;

  Player(Path folder, FakeSource source, String line) throws ModelFault {
    this.source = source;
    cache = new VersionCache(folder, 32, 1 << 28, bad::add);
    VersionFollower.Parts parts =
        new VersionFollower.Parts(activeModel, cache, source, Player::own, good::add, bad::add);
    versions = new VersionFollower(parts, line);
    activeModel.put("own", own());
    versions.ownPlays();
    versions.begin();
  }

  static Model own() throws ModelFault {
    return Model.read("own", ModelBytes.of(OneNote.of("own", 0, 3, 0.5f)));
  }

  /** The file of a version that strikes one voice (0..2). */
  static byte[] file(String version, int voice) {
    return ModelBytes.of(OneNote.of(version, voice, 3, 0.5f));
  }

  /** An activation of what the source has, or of nothing. */
  ModelActivation activated(String model, String version, long atNanos) {
    byte[] bytes = source.files.getOrDefault(model + "/" + version, new byte[1]);
    return new ModelActivation(model, version, Model.sha256(bytes), bytes.length, atNanos);
  }

  /** Puts a version into the source and says its activation. */
  ModelActivation publish(String model, String version, int voice, long atNanos) {
    source.files.put(model + "/" + version, file(version, voice));
    return activated(model, version, atNanos);
  }

  void follow(ModelActivation activated) {
    versions.follow(activated, now);
  }

  /** Lets it do what is to be done now; returns when it wants to be called again. */
  long work() {
    long next = now;
    while (next <= now) {
      next = versions.turn(now);
    }
    return next;
  }

  String playing() {
    return activeModel.playing().model().version();
  }
}
