package org.latentspace.explorer.outlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.latentspace.explorer.place.PerformerSettings.Preset;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.PresetWire;
import org.latentspace.proto.ListPresetsReply;

/**
 * Keeps the performers' presets on disk, {@value #FILE} of each, and in memory, so that a recall
 * waits for nothing.
 */
@ApplicationScoped
public class PresetOutlet {
  static final String FILE = "presets.json";

  private static final Logger LOG = Logger.getLogger(PresetOutlet.class);

  private final PerformerDisk disk;
  // Whole maps are replaced, never changed.
  private final Map<String, Map<String, Preset>> presets = new ConcurrentHashMap<>();

  @Inject
  public PresetOutlet(PerformerDisk disk) {
    this.disk = disk;
  }

  /**
   * Reads what was stored before; a file that cannot be read is laid aside.
   *
   * @param latentSize entries of a position
   */
  public void open(int latentSize) {
    presets.putAll(
        disk.readAll(
            FILE,
            "presets",
            ListPresetsReply.getDefaultInstance(),
            list -> PresetWire.presets(list.getPresetsList(), latentSize)));
  }

  /** In the order of their names. */
  public List<Preset> of(String performer) {
    return List.copyOf(all(performer).values());
  }

  public Map<String, Preset> all(String performer) {
    return presets.getOrDefault(performer, Map.of());
  }

  /**
   * The preset of that name.
   *
   * @throws Refusal UNKNOWN
   */
  public Preset find(String performer, String name) {
    Preset preset = all(performer).get(name);
    if (preset == null) {
      throw new Refusal(Refusal.Kind.UNKNOWN, "performer " + performer + " has no preset " + name);
    }
    return preset;
  }

  /** Completes when it is on disk; fails with a {@link Refusal}. */
  public CompletionStage<Preset> store(String performer, Preset preset) {
    return disk.ask(
        files -> {
          Map<String, Preset> next = new TreeMap<>(all(performer));
          next.put(preset.name(), preset);
          if (next.size() > Preset.MOST) {
            throw new Refusal(
                Refusal.Kind.NO_ROOM,
                "performer " + performer + " has " + Preset.MOST + " presets, the most");
          }
          write(files, performer, next);
          return preset;
        });
  }

  /** Completes when the disk has forgotten it; fails with a {@link Refusal}. */
  public CompletionStage<Preset> forget(String performer, String name) {
    return disk.ask(
        files -> {
          Preset preset = find(performer, name);
          Map<String, Preset> next = new TreeMap<>(all(performer));
          next.remove(name);
          write(files, performer, next);
          return preset;
        });
  }

  /** Completes when these are on disk in the place of all. */
  public CompletionStage<Void> replace(String performer, Map<String, Preset> all) {
    return disk.ask(
        files -> {
          write(files, performer, all);
          return null;
        });
  }

  private void write(PerformerFiles files, String performer, Map<String, Preset> next)
      throws IOException {
    if (next.isEmpty()) {
      files.delete(performer, FILE);
      presets.remove(performer);
    } else {
      files.write(performer, FILE, PresetWire.presets(performer, next.values()));
      presets.put(performer, next);
    }
  }
}
