package org.latentspace.explorer;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.mapping.VersionHistory.Fate;
import org.latentspace.explorer.mapping.VersionHistory.Playing;
import org.latentspace.explorer.outlet.DiskThread;
import org.latentspace.explorer.outlet.MappingStore;
import org.latentspace.explorer.outlet.PerformerMappings;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;

/**
 * The mappings of every performer, also of those that were not heard yet: which there are, and
 * which plays. A mapping plays at once and is on disk soon after; a disk in trouble takes none away
 * from who plays. What returns a stage fails with a {@link Refusal}.
 */
@ApplicationScoped
public class MappingFlow {
  /** Performers that have mappings. */
  static final int MOST_PERFORMERS = 1024;

  private static final Logger LOG = Logger.getLogger(MappingFlow.class);
  private static final int MOST_ASKED = 1024;
  private static final long END_MS = 2000;

  private final DiskThread thread =
      new DiskThread("explorer-mappings", MOST_ASKED, END_MS, this::refusal);
  private final Map<String, PerformerMappings> shelves = new ConcurrentHashMap<>();
  private final Performers performers;
  private final MappingFaults faults;
  private volatile MappingStore store;
  private volatile String status = "ok";

  @Inject
  public MappingFlow(Performers performers, MappingFaults faults) {
    this.performers = performers;
    this.faults = faults;
  }

  /** Something for the disk. */
  private interface Storing {
    void store() throws IOException;
  }

  /** Reads what played before; from now on new performers begin with it. */
  public void open(Path dataDir) {
    store = new MappingStore(dataDir);
    thread
        .ask(
            () -> {
              for (Map.Entry<String, TreeSet<String>> one : store.versions().entrySet()) {
                shelves.put(
                    one.getKey(), PerformerMappings.read(store, one.getKey(), one.getValue()));
              }
              return null;
            })
        .exceptionally(told -> null)
        .join();
    performers.greet(this::greet);
  }

  /** Of the live path: a new performer begins with what it had. */
  private void greet(Performer performer) {
    TaughtMapping mapping = own(performer.name());
    if (mapping != null) {
      performer.follow(mapping);
    }
  }

  /** What plays of the performer's own; null: nothing. */
  private TaughtMapping own(String performer) {
    return shelves.getOrDefault(performer, PerformerMappings.empty()).playing();
  }

  /** Takes a version, which plays if it is newer than all others; completes when it does. */
  public CompletionStage<Fitted> take(Fitted fitted) {
    return thread.ask(
        () -> {
          PerformerMappings mappings = mappingsOf(fitted.performer());
          Fate fate = mappings.line().take(fitted.version());
          if (fate == Fate.PLAYS) {
            play(fitted.performer(), mappings, fitted.mapping());
          }
          if (fate != Fate.LET_PASS) {
            onDisk(() -> store(fitted, mappings, fate == Fate.PLAYS));
          }
          return fitted;
        });
  }

  private void store(Fitted fitted, PerformerMappings mappings, boolean plays) throws IOException {
    String performer = fitted.performer();
    String out = mappings.line().surplus();
    store.write(fitted);
    if (plays) {
      store.play(performer, new Playing(fitted.version(), ""));
    }
    if (out != null) {
      store.delete(performer, out);
    }
  }

  /** A mapping that was set by hand plays already; it is remembered until the next version. */
  public CompletionStage<Void> byHand(String performer, MappingNetwork network) {
    return thread.ask(
        () -> {
          mappingsOf(performer).play(TaughtMapping.unnamed(network));
          faults.forget(performer);
          onDisk(() -> store.play(performer, new Playing("", FlucomaJson.write(network))));
          return null;
        });
  }

  /**
   * Plays a version again, and completes when it does.
   *
   * @param version empty: the one before the one that plays
   */
  public CompletionStage<Fitted> use(String performer, String version) {
    return thread.ask(
        () -> {
          PerformerMappings mappings = shelves.getOrDefault(performer, PerformerMappings.empty());
          String wanted = mappings.wanted(performer, version);
          Fitted fitted;
          try {
            fitted = store.fitted(performer, wanted);
          } catch (IOException | ModelFault e) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, e.getMessage());
          }
          play(performer, mappings, fitted.mapping());
          onDisk(() -> store.play(performer, new Playing(wanted, "")));
          return fitted;
        });
  }

  /** Those that can be read, newest first. */
  public CompletionStage<List<Fitted>> list(String performer) {
    return thread.ask(
        () -> {
          List<Fitted> all = new ArrayList<>();
          PerformerMappings mappings = shelves.get(performer);
          for (String version :
              mappings == null ? List.<String>of() : mappings.line().newestFirst()) {
            try {
              all.add(store.fitted(performer, version));
            } catch (IOException | ModelFault e) {
              LOG.warnf("performer %s: %s", performer, e.getMessage());
              mappings.line().forget(version);
            }
          }
          return all;
        });
  }

  /**
   * Puts these in the place of all versions, and completes when the disk has them.
   *
   * @param playing which of them plays, or what was set by hand; or nothing
   */
  public CompletionStage<Void> replace(String performer, List<Fitted> versions, Playing playing) {
    return thread.ask(
        () -> {
          PerformerMappings before = mappingsOf(performer);
          List<String> gone = before.line().newestFirst();
          for (Fitted fitted : versions) {
            store.write(fitted);
            gone.remove(fitted.version());
          }
          store.play(performer, playing);
          for (String version : gone) {
            store.delete(performer, version);
          }
          PerformerMappings now =
              PerformerMappings.read(
                  store, performer, versions.stream().map(Fitted::version).toList());
          shelves.put(performer, now);
          Performer heard = performers.find(performer);
          if (heard != null) {
            heard.follow(now.playing() == null ? performers.beginning() : now.playing());
          }
          faults.forget(performer);
          return null;
        });
  }

  /** What plays: a version's name, or what was set by hand; or nothing of the performer's own. */
  public Playing playing(String performer) {
    TaughtMapping mapping = own(performer);
    if (mapping == null) {
      return Playing.NOTHING;
    }
    return mapping.version().isEmpty()
        ? new Playing("", FlucomaJson.write(mapping.network()))
        : new Playing(mapping.version(), "");
  }

  /**
   * Name of the version that plays; empty for one that was set by hand or is not the performer's.
   */
  public String playingVersion(String performer) {
    return playing(performer).version();
  }

  /** Whether this performer ever had a mapping of its own. */
  public boolean knows(String performer) {
    return shelves.containsKey(performer);
  }

  /** "ok", or why mappings cannot be stored. */
  public String status() {
    return status;
  }

  private Refusal refusal(Exception fault) {
    if (fault instanceof IOException gone) {
      bad(gone);
      return new Refusal(Refusal.Kind.UNAVAILABLE, status);
    }
    return new Refusal(Refusal.Kind.UNAVAILABLE, fault.getMessage());
  }

  /** Within the thread: what the disk says becomes trouble, which is not the music's. */
  private void onDisk(Storing work) {
    try {
      work.store();
      status = "ok";
    } catch (IOException e) {
      bad(e);
    }
  }

  private void bad(IOException fault) {
    String line = "mappings cannot be stored: " + fault.getMessage();
    if (!line.equals(status)) {
      LOG.warn(line);
    }
    status = line;
  }

  private void play(String performer, PerformerMappings mappings, TaughtMapping mapping) {
    // In this order: who is greeted meanwhile begins with it.
    mappings.play(mapping);
    Performer heard = performers.find(performer);
    if (heard != null) {
      heard.follow(mapping);
    }
    faults.forget(performer);
  }

  private PerformerMappings mappingsOf(String performer) {
    PerformerMappings mappings = shelves.get(performer);
    if (mappings == null) {
      if (shelves.size() >= MOST_PERFORMERS) {
        throw new Refusal(
            Refusal.Kind.NO_ROOM, shelves.size() + " performers have mappings, and no more can");
      }
      mappings = PerformerMappings.empty();
      shelves.put(performer, mappings);
    }
    return mappings;
  }

  /** Stores what was asked for. */
  @PreDestroy
  public void close() {
    boolean stored = thread.end(() -> {});
    if (!stored) {
      LOG.warn("the disk holds the mappings up");
    }
  }
}
