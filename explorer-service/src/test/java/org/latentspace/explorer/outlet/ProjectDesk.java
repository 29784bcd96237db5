package org.latentspace.explorer.outlet;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.latentspace.explorer.ExplorerFlow;
import org.latentspace.explorer.FitFlow;
import org.latentspace.explorer.MappingFlow;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.ProjectFlow;
import org.latentspace.explorer.ProjectFlow.ProjectContents;
import org.latentspace.explorer.TeachingFlow;
import org.latentspace.explorer.inlet.ProjectWire;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.explorer.teaching.HeldPairs;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.proto.Project;

/** Everything that a project is made of, on a real disk; for tests of projects. */
abstract class ProjectDesk extends PairDesk {
  private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");

  PairFlow outlet;
  MappingFlow mappings;
  private PerformerDisk disk;
  private Performers performers;
  private ProjectFlow projects;

  @BeforeEach
  void begin() throws Exception {
    Defaults settings =
        new Defaults(Mode.PREDICT, Sending.AUTO, 2, Mappings.load(Mappings.FIRST_STEPS, 10));
    performers = new Performers(4, settings);
    mappings = new MappingFlow(performers, new MappingFaults());
    mappings.open(folder);
    disk = new PerformerDisk();
    disk.open(folder);
    begin(folder.resolve("pairs"));
  }

  @AfterEach
  void close() {
    projects.end();
    mappings.close();
    disk.close();
  }

  void begin(Path pairs) {
    outlet = begin(pairs, ROOM);
    SettingsOutlet settings = new SettingsOutlet(disk);
    settings.open(2);
    PresetOutlet presets = new PresetOutlet(disk);
    presets.open(2);
    TrajectoryOutlet trajectories = new TrajectoryOutlet(disk);
    FitFlow fits = new FitFlow();
    TeachingFlow teaching =
        new TeachingFlow(book, outlet, performers, new HeldPairs(), fits, new ExplorerFlow());
    projects =
        new ProjectFlow(
            book, outlet, presets, settings, trajectories, mappings, teaching, fits, performers);
  }

  String exported(String performer) {
    return document(performer, contents(performer));
  }

  static String document(String performer, ProjectContents contents) {
    return MessageJson.writeWhole(ProjectWire.project(performer, contents, NOW));
  }

  /** Imports a document as a page does; returns what was there before. */
  String replace(String performer, String json) {
    Project.Builder project = MessageJson.read(json, Project.getDefaultInstance()).toBuilder();
    ProjectContents contents = ProjectWire.contents(project.setPerformer(performer).build(), 2);
    return document(performer, replace(performer, contents));
  }

  ProjectContents replace(String performer, ProjectContents contents) {
    return done(() -> projects.replace(performer, contents));
  }

  /** What a performer has; nothing of one that is not known. */
  ProjectContents contents(String performer) {
    try {
      return done(() -> projects.export(performer));
    } catch (Refusal unknown) {
      return ProjectContents.NOTHING;
    }
  }

  private static ProjectContents done(Supplier<CompletionStage<ProjectContents>> call) {
    try {
      return call.get().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  void teach(String performer, int count) {
    for (int i = 0; i < count; i++) {
      join(outlet.add(Pairs.pair(performer, "p" + i, i, .5f)));
    }
  }
}
