package org.latentspace.explorer.inlet;

import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.latentspace.explorer.ProjectFlow.ProjectContents;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.mapping.VersionHistory;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.explorer.wire.PresetWire;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.Project;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.TrainingPair;

/** Writes what a performer has as a project, and reads one that was found right. */
public final class ProjectWire {
  static final String FORMAT = "latent-space-explorer-project";

  /** Bytes of a project, also as JSON: ten thousand pairs of ten features each have 14.5 MB. */
  public static final int MOST_BYTES = 16 << 20;

  private static final int VERSION = 1;

  private ProjectWire() {}

  public static Project project(String performer, ProjectContents contents, Instant now) {
    Project.Builder project =
        Project.newBuilder()
            .setPerformer(performer)
            .setFormat(FORMAT)
            .setVersion(VERSION)
            .setExportedAt(Timestamps.fromMillis(now.toEpochMilli()))
            .setPlaying(contents.playing().version())
            .setByHand(contents.playing().byHand());
    for (Pair pair : contents.pairs()) {
      project.addPairs(PairWire.pair(pair).toBuilder().clearPerformer());
    }
    if (contents.pairsScale() != null && !contents.pairs().isEmpty()) {
      project.setPairsScaling(PairWire.scale(contents.pairsScale()));
    }
    if (contents.heardScale() != null) {
      project.setScaling(PairWire.scale(contents.heardScale()));
    }
    if (contents.settings() != null) {
      project.setSettings(SettingsWire.settings("", contents.settings()));
    }
    for (PerformerSettings.Preset preset : contents.presets().values()) {
      project.addPresets(PresetWire.preset("", preset));
    }
    for (Trajectory trajectory : contents.trajectories().values()) {
      project.addTrajectories(PresetWire.wholeTrajectory(trajectory));
    }
    for (Fitted fitted : contents.mappings()) {
      project.addMappings(MappingWire.message(fitted).toBuilder().clearPerformer());
    }
    return project.build();
  }

  /**
   * What a project brings its performer.
   *
   * @param latentSize entries of a position
   * @throws IllegalArgumentException with one line that names the value and what would be right
   */
  public static ProjectContents contents(Project project, int latentSize) {
    int bytes = project.getSerializedSize();
    PairCheck.require(
        bytes <= MOST_BYTES, "the project has " + bytes + " bytes", "at most " + MOST_BYTES);
    String format = project.getFormat();
    PairCheck.require(
        format.equals(FORMAT), "format is \"" + MessageJson.cut(format) + "\"", FORMAT);
    int version = project.getVersion();
    PairCheck.require(version == VERSION, "version is " + version, VERSION + "");
    String performer = project.getPerformer();
    List<Fitted> mappings = mappings(performer, project.getMappingsList());
    return new ProjectContents(
        pairs(performer, project.getPairsList()),
        project.hasPairsScaling() ? scale("pairsScaling", project.getPairsScaling()) : null,
        project.hasScaling() ? scale("scaling", project.getScaling()) : null,
        project.hasSettings() ? settings(project, latentSize) : null,
        PresetWire.presets(project.getPresetsList(), latentSize),
        trajectories(project),
        mappings,
        playing(project, mappings));
  }

  private static List<Pair> pairs(String performer, List<TrainingPair> messages) {
    int count = messages.size();
    PairCheck.require(
        count <= PairBook.MOST_PAIRS,
        "pairs has " + count + " entries",
        "at most " + PairBook.MOST_PAIRS);
    List<Pair> pairs = new ArrayList<>(count);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      TrainingPair pair = messages.get(i);
      String where = "pairs[" + i + "]";
      PairCheck.check(pair, where);
      PairCheck.require(
          names.add(pair.getPair()),
          where + ".pair is \"" + pair.getPair() + "\"",
          "a name of its own");
      pairs.add(PairWire.pair(pair.toBuilder().setPerformer(performer).build()));
    }
    return pairs;
  }

  private static Scale scale(String where, ScalingSpec spec) {
    PairCheck.name(spec.getName(), where + ".name");
    return PairCheck.scale(spec, where);
  }

  private static PerformerSettings settings(Project project, int latentSize) {
    return at("settings", () -> SettingsWire.stored(project.getSettings(), latentSize));
  }

  private static Map<String, Trajectory> trajectories(Project project) {
    Map<String, Trajectory> all = new TreeMap<>();
    for (int i = 0; i < project.getTrajectoriesCount(); i++) {
      org.latentspace.proto.Trajectory message = project.getTrajectories(i);
      Trajectory one = at("trajectories[" + i + "]", () -> PresetWire.trajectory(message));
      all.put(one.name(), one);
    }
    return all;
  }

  private static List<Fitted> mappings(String performer, List<MappingVersion> messages) {
    int count = messages.size();
    PairCheck.require(
        count <= VersionHistory.MOST,
        "mappings has " + count + " entries",
        "at most " + VersionHistory.MOST);
    List<Fitted> versions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String where = "mappings[" + i + "]";
      PairCheck.check(messages.get(i), where);
      try {
        Fitted fitted =
            MappingWire.fitted(messages.get(i).toBuilder().setPerformer(performer).build());
        String name = fitted.version();
        PairCheck.require(names.add(name), where + ".version is \"" + name + "\"", "there once");
        versions.add(fitted);
      } catch (ModelFault e) {
        throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
      }
    }
    return versions;
  }

  private static VersionHistory.Playing playing(Project project, List<Fitted> mappings) {
    String version = project.getPlaying();
    String byHand = project.getByHand();
    PairCheck.require(
        version.isEmpty() || mappings.stream().anyMatch(one -> one.version().equals(version)),
        "playing is \"" + MessageJson.cut(version) + "\"",
        "one of the mappings");
    try {
      return byHand.isEmpty() || !version.isEmpty()
          ? new VersionHistory.Playing(version, "")
          : new VersionHistory.Playing("", FlucomaJson.write(FlucomaJson.read(byHand)));
    } catch (ModelFault e) {
      throw new IllegalArgumentException("byHand: " + e.getMessage(), e);
    }
  }

  private static <T> T at(String where, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(where + ": " + wrong.getMessage(), wrong);
    }
  }
}
