package org.latentspace.explorer.outlet;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.latentspace.explorer.MappingFaults;
import org.latentspace.explorer.MappingVersions;
import org.latentspace.explorer.MessageJson;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.inlet.ProjectWire;
import org.latentspace.explorer.mapping.Mappings;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Sending;
import org.latentspace.explorer.place.Settings;
import org.latentspace.explorer.project.ProjectContents;
import org.latentspace.proto.Project;

/** Everything that a project is made of, on a real disk; for tests of projects. */
abstract class ProjectDesk extends PairDesk {
  private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");

  PairOutlet outlet;
  MappingVersions shelf;
  private PerformerDisk disk;
  private Performers performers;
  ProjectOutlet projects;

  @BeforeEach
  void begin() throws Exception {
    Settings settings =
        new Settings(Mode.PREDICT, Sending.AUTO, 2, Mappings.load(Mappings.FIRST_STEPS, 10));
    performers = new Performers(4, settings);
    shelf = new MappingVersions(performers, new MappingFaults());
    shelf.open(folder);
    disk = new PerformerDisk();
    disk.open(folder);
    begin(folder.resolve("pairs"));
  }

  @AfterEach
  void close() {
    shelf.close();
    disk.close();
  }

  void begin(Path pairs) {
    outlet = begin(pairs, ROOM);
    SettingsOutlet settings = new SettingsOutlet(disk);
    settings.open(2);
    PresetOutlet presets = new PresetOutlet(disk);
    presets.open(2);
    TrajectoryOutlet trajectories = new TrajectoryOutlet(disk);
    projects = new ProjectOutlet(book, outlet, presets, settings, trajectories, shelf, performers);
  }

  String exported(String performer) {
    return document(performer, projects.contents(performer));
  }

  static String document(String performer, ProjectContents contents) {
    return MessageJson.writeWhole(ProjectWire.project(performer, contents, NOW));
  }

  /** Imports a document as a page does; returns what was there before. */
  String replace(String performer, String json) {
    Project.Builder project = Project.newBuilder();
    MessageJson.read(json, project);
    ProjectContents contents = ProjectWire.contents(project.setPerformer(performer).build(), 2);
    projects.requireRoom(performer, contents);
    return document(performer, projects.replace(performer, contents));
  }

  void teach(String performer, int count) {
    for (int i = 0; i < count; i++) {
      join(outlet.add(Pairs.pair(performer, "p" + i, i, .5f)));
    }
  }
}
