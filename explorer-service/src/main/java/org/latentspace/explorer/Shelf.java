package org.latentspace.explorer;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.latentspace.explorer.mapping.Playing;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.mapping.VersionLine;
import org.latentspace.explorer.outlet.MappingStore;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.ModelFault;

/** One performer's mappings; written by one thread, what plays is read by all. */
final class Shelf {
  private static final Logger LOG = Logger.getLogger(Shelf.class);

  final VersionLine line;
  // Null: what every performer begins with.
  private volatile TaughtMapping playing;

  private Shelf(VersionLine line, TaughtMapping playing) {
    this.line = line;
    this.playing = playing;
  }

  static Shelf empty() {
    return new Shelf(new VersionLine(List.of(), ""), null);
  }

  /** What the disk has; where that which played cannot be read, the newest that can plays. */
  static Shelf read(MappingStore store, String performer, Collection<String> versions) {
    TreeSet<String> names = new TreeSet<>(versions);
    try {
      Playing was = store.playing(performer);
      if (!was.version().isEmpty()) {
        TaughtMapping mapping = store.fitted(performer, was.version()).mapping();
        names.add(was.version());
        return new Shelf(new VersionLine(names, was.version()), mapping);
      }
      if (!was.byHand().isEmpty()) {
        TaughtMapping byHand = TaughtMapping.unnamed(FlucomaJson.read(was.byHand()));
        return new Shelf(new VersionLine(names, ""), byHand);
      }
    } catch (IOException | ModelFault e) {
      LOG.warnf("performer %s: %s", performer, e.getMessage());
    }
    return newest(store, performer, new VersionLine(names, ""));
  }

  private static Shelf newest(MappingStore store, String performer, VersionLine line) {
    for (String version : line.newestFirst()) {
      try {
        TaughtMapping mapping = store.fitted(performer, version).mapping();
        line.play(version);
        return new Shelf(line, mapping);
      } catch (IOException | ModelFault e) {
        LOG.warnf("performer %s: %s", performer, e.getMessage());
        line.forget(version);
      }
    }
    return new Shelf(line, null);
  }

  /** Null: what every performer begins with. */
  TaughtMapping playing() {
    return playing;
  }

  void play(TaughtMapping mapping) {
    line.play(mapping.version());
    playing = mapping;
  }

  /**
   * Name of a version that is here.
   *
   * @param version empty: the one before the one that plays
   * @throws Refusal NOT_YET, UNKNOWN
   */
  String wanted(String performer, String version) {
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
