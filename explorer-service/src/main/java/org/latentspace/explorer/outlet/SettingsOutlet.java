package org.latentspace.explorer.outlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.proto.ExplorerSettings;

/**
 * Keeps what performers have set on disk: {@value #FILE} of each, an ExplorerSettings in JSON that
 * names only what somebody has set.
 *
 * <p>A change is on disk within {@value #PAUSE_MS} ms, however often a slider moves. A disk in bad
 * status is tried again with every pause.
 */
@ApplicationScoped
public class SettingsOutlet {
  static final String FILE = "settings.json";
  static final long PAUSE_MS = 500;
  // The new file beside the old one.
  private static final long LEAST_BYTES = 64 << 10;

  private static final Logger LOG = Logger.getLogger(SettingsOutlet.class);

  private final PerformerDisk disk;
  private final Map<String, PerformerSettings> newest = new ConcurrentHashMap<>();
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean planned = new AtomicBoolean();
  private volatile String status = "ok";

  @Inject
  public SettingsOutlet(PerformerDisk disk) {
    this.disk = disk;
  }

  /**
   * Reads what was set before; a file that cannot be read is laid aside.
   *
   * @param latentSize entries of a position
   */
  public void open(int latentSize) {
    newest.putAll(
        disk.readAll(
            FILE,
            "what was set before",
            ExplorerSettings.getDefaultInstance(),
            set -> SettingsWire.stored(set, latentSize)));
    disk.atEnd(this::write);
  }

  /** What the performer has set before; null for nothing. */
  public PerformerSettings before(String performer) {
    return newest.get(performer);
  }

  /** Something was set; it is on disk soon. */
  public void note(Performer performer) {
    newest.put(performer.name(), performer.chosen());
    waiting.add(performer.name());
    plan();
  }

  private void plan() {
    if (planned.compareAndSet(false, true)) {
      disk.later(this::write, PAUSE_MS);
    }
  }

  private Void write(PerformerFiles files) {
    planned.set(false);
    for (String performer : Set.copyOf(waiting)) {
      waiting.remove(performer);
      try {
        write(files, performer, newest.get(performer));
        status = "ok";
      } catch (IOException e) {
        waiting.add(performer);
        status = "settings cannot be stored: " + e.getMessage();
        plan();
      }
    }
    return null;
  }

  private static void write(PerformerFiles files, String performer, PerformerSettings set)
      throws IOException {
    if (set == null) {
      files.delete(performer, FILE);
    } else {
      files.write(performer, FILE, SettingsWire.settings(performer, set));
    }
  }

  /**
   * Puts this in the place of everything that the performer has set.
   *
   * @param set null: nothing
   * @return completes when the disk has it; fails with a {@link Refusal}
   */
  public CompletionStage<Void> replace(String performer, PerformerSettings set) {
    return disk.ask(
        files -> {
          write(files, performer, set);
          waiting.remove(performer);
          if (set == null) {
            newest.remove(performer);
          } else {
            newest.put(performer, set);
          }
          return null;
        });
  }

  /** "ok", or why what is set now will not be there after a restart; looks at the disk. */
  public String status() {
    String missing = status.equals("ok") ? disk.missing(LEAST_BYTES) : "";
    return missing.isEmpty() ? status : "settings cannot be stored: " + missing;
  }
}
