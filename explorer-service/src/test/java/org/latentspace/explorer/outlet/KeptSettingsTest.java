package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.motion.Movement.Bounds;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.PerformerSettings.Preset;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Place.ExtraOutputs;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Route;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.explorer.wire.PresetWire;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.MappingLayer;
import org.latentspace.model.MappingNetwork;

/** What performers set and store, across restarts and on a bad disk. */
class KeptSettingsTest {
  private static final List<Route> ROUTES =
      List.of(new Route("light", "midi-cc:1:20", 0, 127), new Route("wet", "osc:/wet", 1e30f, -1));
  private static final PerformerSettings ALL =
      PerformerSettings.of(Setting.MODE, Mode.SELECT)
          .with(Setting.SENDING, Sending.MANUAL)
          .with(Setting.MOTION, Motion.MOVEMENT)
          .with(Setting.BOUNDS, Bounds.WRAP)
          .with(Setting.MAX_SPEED, 0.1f)
          .with(Setting.REST_MS, 1234.5f)
          .with(Setting.AUTONOMY, 0.7f)
          .with(Setting.ROUTES, ROUTES)
          .with(Setting.FIT, new FitSettings(List.of(5, 3), "tanh", 700, 0.01, -9L, true, true))
          .with(Setting.AUTO_FIT, true)
          .with(
              Setting.HAND,
              new Place(
                  new float[] {0.1f, 0.9f},
                  0.3f,
                  70.1f,
                  Mode.SELECT,
                  new ExtraOutputs(ROUTES, new float[] {0.6f, 0})));

  @TempDir Path folder;

  private PerformerDisk disk;

  @AfterEach
  void end() {
    close();
  }

  private void close() {
    if (disk != null) {
      disk.close();
      disk = null;
    }
  }

  private PerformerDisk disk() {
    close();
    disk = new PerformerDisk();
    disk.open(folder);
    return disk;
  }

  private SettingsOutlet settings() {
    SettingsOutlet outlet = new SettingsOutlet(disk());
    outlet.open(2);
    return outlet;
  }

  private static Performer performer(String name) {
    MappingLayer layer =
        new MappingLayer(ActivationFunction.IDENTITY, new double[10][2], new double[2]);
    return new Performer(
        name, new Defaults(Mode.PREDICT, Sending.AUTO, 2, new MappingNetwork(List.of(layer))));
  }

  private Path home(String performer) {
    return folder.resolve("performers").resolve(PerformerFiles.hex(performer));
  }

  @Test
  void everythingThatIsSetIsThereAfterARestart() {
    Performer performer = performer("Ann");
    performer.restore(ALL);
    settings().note(performer);
    close();
    SettingsOutlet again = settings();
    assertNull(again.before("ann"), "names that differ in case alone stay apart");
    Performer back = performer("Ann");
    back.restore(again.before("Ann"));
    assertEquals(
        SettingsWire.settings("Ann", performer.choices()),
        SettingsWire.settings("Ann", back.choices()));
    assertArrayEquals(new float[] {0.6f, 0}, back.hand().further().values());
    assertEquals(-9L, back.choices().get(Setting.FIT).seed());
  }

  @Test
  void onlyWhatSomebodyHasSetIsStored() throws IOException {
    Performer performer = performer("ann");
    performer.change(PerformerSettings.of(Setting.SENDING, Sending.MANUAL));
    settings().note(performer);
    close();
    String json = Files.readString(home("ann").resolve(SettingsOutlet.FILE));
    assertTrue(json.contains("SENDING_MANUAL"), json);
    assertTrue(!json.contains("mode") && !json.contains("autonomy"), json);
    assertNull(settings().before("ann").get(Setting.MODE));
  }

  @Test
  void aChangeIsOnDiskWithinASecondWithoutAnEnd() {
    Performer performer = performer("ann");
    SettingsOutlet outlet = settings();
    for (int i = 0; i < 1000; i++) {
      performer.change(PerformerSettings.of(Setting.AUTONOMY, i / 1000f));
      outlet.note(performer);
    }
    // As a killed process leaves it: nothing is closed.
    Path file = home("ann").resolve(SettingsOutlet.FILE);
    until("it is on disk", 5, () -> Files.exists(file));
    PerformerDisk other = new PerformerDisk();
    other.open(folder);
    SettingsOutlet after = new SettingsOutlet(other);
    after.open(2);
    assertEquals(0.999f, after.before("ann").get(Setting.AUTONOMY));
    other.close();
  }

  @Test
  void aDamagedFileIsLaidAsideAndTheOthersAreRead() throws IOException {
    for (String name : List.of("ann", "bob", "eve")) {
      Performer performer = performer(name);
      performer.change(PerformerSettings.of(Setting.MODE, Mode.SELECT));
      settings().note(performer);
    }
    close();
    Files.writeString(home("bob").resolve(SettingsOutlet.FILE), "{\"mode\": \"MODE_SEL");
    Files.writeString(home("eve").resolve(SettingsOutlet.FILE), "{\"autonomy\": 7}");
    Files.createDirectories(folder.resolve("performers").resolve("not-hex"));
    SettingsOutlet again = settings();
    assertEquals(Mode.SELECT, again.before("ann").get(Setting.MODE));
    assertNull(again.before("bob"));
    assertNull(again.before("eve"));
    assertTrue(Files.exists(home("bob").resolve(SettingsOutlet.FILE + ".damaged")));
    assertTrue(Files.exists(home("eve").resolve(SettingsOutlet.FILE + ".damaged")));
  }

  @Test
  void aPresetIsOnDiskWhenItIsAnsweredAndGoneWhenItIsForgotten() {
    PresetOutlet presets = new PresetOutlet(disk());
    presets.open(2);
    Place point = new Place(new float[] {0.25f, 1}, 2, 5000, Mode.PREDICT);
    presets.store("ann", new Preset("one", ALL, point)).toCompletableFuture().join();
    // A second reader sees it before the first one ends.
    PerformerDisk killed = new PerformerDisk();
    killed.open(folder);
    PresetOutlet after = new PresetOutlet(killed);
    after.open(2);
    Preset back = after.find("ann", "one");
    assertEquals(1, back.point().y());
    assertEquals(
        PresetWire.presets("ann", presets.of("ann")), PresetWire.presets("ann", after.of("ann")));
    after.forget("ann", "one").toCompletableFuture().join();
    killed.close();
    presets.open(2);
    assertThrows(Refusal.class, () -> new PresetOutlet(disk()).find("ann", "one"));
    assertEquals(0, Files.exists(home("ann").resolve(PresetOutlet.FILE)) ? 1 : 0);
  }

  @Test
  void aTrajectoryIsOnDiskWhenItIsAnsweredToTheBit() {
    TrajectoryOutlet outlet = new TrajectoryOutlet(disk());
    float[] rows = {0.1f, 1 / 3f, 0.7f, 500.3f, 1, 0, 2, 5000};
    Trajectory way = new Trajectory("Way", new long[] {0, 11_609_977}, rows, 4);
    outlet.store("ann", way).toCompletableFuture().join();
    TrajectoryOutlet after = new TrajectoryOutlet(disk());
    Trajectory back = after.find("ann", "Way").toCompletableFuture().join();
    assertArrayEquals(rows, back.rows());
    assertArrayEquals(way.nanos(), back.nanos());
    assertEquals(Map.of(), after.byName("bob").toCompletableFuture().join());
    after.forget("ann", "Way").toCompletableFuture().join();
    CompletionException gone =
        assertThrows(
            CompletionException.class,
            () -> new TrajectoryOutlet(disk()).find("ann", "Way").toCompletableFuture().join());
    assertEquals(Refusal.Kind.UNKNOWN, ((Refusal) gone.getCause()).kind());
  }

  @Test
  void aDiskThatIsGoneIsSaidAndNothingElseBreaks() throws IOException {
    Files.writeString(folder.resolve("performers"), "a file where the folder should be");
    TrajectoryOutlet outlet = new TrajectoryOutlet(disk());
    Trajectory way = new Trajectory("way", new long[] {0}, new float[4], 4);
    CompletionException fault =
        assertThrows(
            CompletionException.class, () -> outlet.store("ann", way).toCompletableFuture().join());
    assertEquals(Refusal.Kind.UNAVAILABLE, ((Refusal) fault.getCause()).kind());
  }
}
