package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.mapping.VersionHistory;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.ModelFault;

/** One performer's mappings; written by one thread, what plays is read by all. */
public final class PerformerMappings {
  private static final Logger LOG = Logger.getLogger(PerformerMappings.class);

  private final VersionHistory line;
  // Null: what every performer begins with.
  private volatile TaughtMapping playing;

  private PerformerMappings(VersionHistory line, TaughtMapping playing) {
    this.line = line;
    this.playing = playing;
  }

  public static PerformerMappings empty() {
    return new PerformerMappings(new VersionHistory(List.of(), ""), null);
  }

  /** What the disk has; where that which played cannot be read, the newest that can plays. */
  public static PerformerMappings read(
      MappingStore store, String performer, Collection<String> versions) {
    TreeSet<String> names = new TreeSet<>(versions);
    try {
      VersionHistory.Playing was = store.playing(performer);
      if (!was.version().isEmpty()) {
        TaughtMapping mapping = store.fitted(performer, was.version()).mapping();
        names.add(was.version());
        return new PerformerMappings(new VersionHistory(names, was.version()), mapping);
      }
      if (!was.byHand().isEmpty()) {
        TaughtMapping byHand = TaughtMapping.unnamed(FlucomaJson.read(was.byHand()));
        return new PerformerMappings(new VersionHistory(names, ""), byHand);
      }
    } catch (IOException | ModelFault e) {
      LOG.warnf("performer %s: %s", performer, e.getMessage());
    }
    return newest(store, performer, new VersionHistory(names, ""));
  }

  private static PerformerMappings newest(
      MappingStore store, String performer, VersionHistory line) {
    for (String version : line.newestFirst()) {
      try {
        TaughtMapping mapping = store.fitted(performer, version).mapping();
        line.play(version);
        return new PerformerMappings(line, mapping);
      } catch (IOException | ModelFault e) {
        LOG.warnf("performer %s: %s", performer, e.getMessage());
        line.forget(version);
      }
    }
    return new PerformerMappings(line, null);
  }

  /** Which versions there are. */
  public VersionHistory line() {
    return line;
  }

  /** Null: what every performer begins with. */
  public TaughtMapping playing() {
    return playing;
  }

  public void play(TaughtMapping mapping) {
    line.play(mapping.version());
    playing = mapping;
  }

  /**
   * Name of a version that is here.
   *
   * @param version empty: the one before the one that plays
   * @throws Refusal NOT_YET, UNKNOWN
   */
  public String wanted(String performer, String version) {
    if (version.isEmpty()) {
      String before = line.before();
      if (before == null) {
        throw new Refusal(
            Refusal.Kind.NOT_YET, "performer " + performer + " has no mapping before this one");
      }
      return before;
    }
    if (!line.has(version)) {
      String name = version.length() <= 64 ? version : version.substring(0, 64) + "...";
      throw new Refusal(Refusal.Kind.UNKNOWN, "performer " + performer + " has no mapping " + name);
    }
    return version;
  }
}
