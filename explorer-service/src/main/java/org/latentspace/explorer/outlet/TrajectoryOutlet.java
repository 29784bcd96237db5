package org.latentspace.explorer.outlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.explorer.wire.PresetWire;

/**
 * Keeps the performers' trajectories on disk, a file each; read when they are first asked for.
 *
 * <p>Bounded: {@value #MOST} of a performer, of {@value #MOST_POINTS} points together.
 */
@ApplicationScoped
public class TrajectoryOutlet {
  static final int MOST = 256;
  static final int MOST_POINTS = 600_000;
  static final String PREFIX = "trajectory-";

  private static final org.latentspace.proto.Trajectory NONE =
      org.latentspace.proto.Trajectory.getDefaultInstance();

  private final PerformerDisk disk;
  // Of the disk's thread.
  private final Map<String, Map<String, Trajectory>> known = new HashMap<>();

  @Inject
  public TrajectoryOutlet(PerformerDisk disk) {
    this.disk = disk;
  }

  private Map<String, Trajectory> all(PerformerFiles files, String performer) throws IOException {
    Map<String, Trajectory> all = known.get(performer);
    if (all == null) {
      all = new TreeMap<>();
      for (String file : files.list(performer, PREFIX + "*.json")) {
        Trajectory read = files.read(performer, file, NONE, PresetWire::trajectory);
        if (read != null) {
          all.put(read.name(), read);
        }
      }
      known.put(performer, all);
    }
    return all;
  }

  /** Completes with all of them by their names, in their order. */
  public CompletionStage<Map<String, Trajectory>> byName(String performer) {
    return disk.ask(files -> new TreeMap<>(all(files, performer)));
  }

  /** Completes with the one of that name; fails with a {@link Refusal}. */
  public CompletionStage<Trajectory> find(String performer, String name) {
    return disk.ask(files -> find(files, performer, name));
  }

  private Trajectory find(PerformerFiles files, String performer, String name) throws IOException {
    Trajectory trajectory = all(files, performer).get(name);
    if (trajectory == null) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN, "performer " + performer + " has no trajectory " + name);
    }
    return trajectory;
  }

  /** Completes when it is on disk; fails with a {@link Refusal}. */
  public CompletionStage<Trajectory> store(String performer, Trajectory trajectory) {
    return disk.ask(
        files -> {
          Map<String, Trajectory> all = all(files, performer);
          Map<String, Trajectory> next = new TreeMap<>(all);
          next.put(trajectory.name(), trajectory);
          requireRoom(performer, next);
          write(files, performer, trajectory);
          all.put(trajectory.name(), trajectory);
          return trajectory;
        });
  }

  public static void requireRoom(String performer, Map<String, Trajectory> all) {
    long points = all.values().stream().mapToLong(Trajectory::points).sum();
    if (all.size() > MOST || points > MOST_POINTS) {
      throw new Refusal(
          Refusal.Kind.NO_ROOM,
          "performer "
              + performer
              + " has no room: at most "
              + MOST
              + " trajectories and "
              + MOST_POINTS
              + " points");
    }
  }

  private static void write(PerformerFiles files, String performer, Trajectory trajectory)
      throws IOException {
    files.write(performer, file(trajectory.name()), PresetWire.wholeTrajectory(trajectory));
  }

  private static String file(String name) {
    return PREFIX + PerformerFiles.hex(name) + ".json";
  }

  /** Completes when the disk has forgotten it; fails with a {@link Refusal}. */
  public CompletionStage<Trajectory> forget(String performer, String name) {
    return disk.ask(
        files -> {
          Trajectory trajectory = find(files, performer, name);
          files.delete(performer, file(name));
          all(files, performer).remove(name);
          return trajectory;
        });
  }

  /** Completes when these are on disk in the place of all. */
  public CompletionStage<Void> replace(String performer, Map<String, Trajectory> next) {
    requireRoom(performer, next);
    return disk.ask(
        files -> {
          Map<String, Trajectory> all = all(files, performer);
          for (Trajectory trajectory : next.values()) {
            write(files, performer, trajectory);
            all.put(trajectory.name(), trajectory);
          }
          for (String name : new ArrayList<>(all.keySet())) {
            if (!next.containsKey(name)) {
              files.delete(performer, file(name));
              all.remove(name);
            }
          }
          return null;
        });
  }
}
