package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.Pairs;
import org.latentspace.explorer.ProjectFlow.ProjectContents;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.inlet.ProjectWire;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.mapping.VersionHistory.Playing;
import org.latentspace.explorer.place.PerformerSettings;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.PerformerSettings.Preset;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.trajectory.Trajectory;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.model.FlucomaJson;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.Project;
import org.latentspace.proto.TrainingPair;

/** Projects carry everything, whole or not at all. */
class ProjectCarryTest extends ProjectDesk {
  private static Pair pair(Random random, String performer, String name, int senses) {
    float[] vector = new float[10 + senses];
    float[] raw = new float[vector.length];
    List<String> names = new ArrayList<>(Frame.FEATURE_NAMES);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat();
      raw[i] = Float.intBitsToFloat(random.nextInt(0x7f800000)) * (random.nextBoolean() ? 1 : -1);
      if (i >= 10) {
        names.add("pose." + (i - 9));
      }
    }
    PairTarget meaning =
        PairTarget.of(
            new float[] {random.nextFloat(), random.nextFloat(), 2 * random.nextFloat(), 1234.5f},
            new float[] {random.nextFloat()},
            List.of("light"),
            random.nextBoolean() ? Motion.MOVEMENT : Motion.POSITION);
    return new Pair(
        performer,
        name,
        random.nextInt(1_000_000_000),
        new PairInput(
            vector,
            raw,
            "auto-2",
            names,
            1 + random.nextInt(999),
            Pairs.spread(random, names.size())),
        meaning);
  }

  @Test
  void everyBitOfEveryFieldIsBroughtBack() {
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      join(outlet.add(pair(random, "ann", "p" + i, i % 3 == 0 ? 256 : 0)));
    }
    List<TrainingPair> before = taught("ann");
    String project = exported("ann");
    join(outlet.clear("ann"));
    join(outlet.add(Pairs.pair("ann", "other", 3, 0)));
    String replaced = exported("ann");
    assertEquals(replaced, replace("ann", project));
    assertEquals(before, taught("ann"));
    assertEquals(project, exported("ann"));
    assertEquals(0, outlet.undoable("ann"), "what could be taken back is gone");
    replace("ann", replaced);
    assertEquals(replaced, exported("ann"));
  }

  @Test
  void isImportedForWhomTheRequestNames() throws Exception {
    teach("ann", 3);
    replace("bob", exported("ann"));
    List<TrainingPair> renamed =
        taught("ann").stream().map(pair -> pair.toBuilder().setPerformer("bob").build()).toList();
    assertEquals(renamed, taught("bob"));
    assertEquals(3, taught("ann").size());
    kill(folder.resolve("pairs"), "killed");
    assertEquals(renamed, taught("bob"));
  }

  @Test
  void everyChangeOfOnePerformerLeavesTheOthersProjectAsItIs() {
    teach("ann", 4);
    teach("bob", 4);
    String bobs = exported("bob");
    List<Runnable> changes =
        List.of(
            () -> join(outlet.add(Pairs.pair("ann", "new", 9, 1))),
            () -> join(outlet.edit("ann", "p1", Pairs.meaning(.9f))),
            () -> join(outlet.remove("ann", "p2")),
            () -> join(outlet.undo("ann")),
            () -> outlet.scale("ann", Pairs.scale("auto-1", 30)),
            () -> join(outlet.clear("ann")),
            () -> join(outlet.undo("ann")),
            () -> replace("ann", exported("bob")));
    for (Runnable change : changes) {
      String anns = exported("ann");
      change.run();
      until("the project has changed", () -> !exported("ann").equals(anns));
      assertEquals(bobs, exported("bob"));
    }
  }

  @Test
  void whenOnePartFailsTheEarlierOnesAreAsTheyWere() throws Exception {
    teach("ann", 3);
    String before = exported("ann");
    Project other =
        Project.newBuilder()
            .setPerformer("ann")
            .setFormat("latent-space-explorer-project")
            .setVersion(1)
            .setSettings(SettingsWire.settings("", Defaults.usual(2)))
            .build();
    // Where the performer's folder should be there is a file: mappings and pairs are replaced, then
    // the disk does not take the presets.
    Path home = folder.resolve("performers").resolve(PerformerFiles.hex("ann"));
    Files.createDirectories(home.getParent());
    Files.writeString(home, "a file");
    ProjectContents contents = ProjectWire.contents(other, 2);
    Refusal no = assertThrows(Refusal.class, () -> replace("ann", contents));
    assertTrue(no.getMessage().startsWith("presets: "), no.getMessage());
    assertTrue(no.getMessage().endsWith("; nothing is changed"), no.getMessage());
    assertEquals(before, exported("ann"));
  }

  @Test
  void presetsTrajectoriesSettingsAndMappingsAreCarriedToAnotherPerformer() throws Exception {
    PerformerSettings set =
        PerformerSettings.of(Setting.AUTONOMY, 0.25f).with(Setting.MOTION, Motion.MOVEMENT);
    Place point = new Place(new float[] {0.25f, 1}, 2, 5000, Mode.PREDICT);
    float[] rows = {0.1f, 1 / 3f, 0.7f, 500.3f, 1, 0, 2, 5000};
    Trajectory way = new Trajectory("way", new long[] {0, 11_609_977}, rows, 4);
    MappingVersion version =
        MappingVersion.newBuilder()
            .setPerformer("ann")
            .setVersion("v1")
            .setFlucomaJson(FlucomaJson.write(Mappings.load(Mappings.FIRST_STEPS, 10)))
            .addAllSenses(Frame.FEATURE_NAMES)
            .addAllOutputs(List.of("x", "y", "noise", "z-ramp"))
            .setMotion(org.latentspace.proto.Motion.MOTION_POSITION)
            .addAllMeanInput(Collections.nCopies(10, 0.5f))
            .setLoss(0.125)
            .build();
    ProjectContents contents =
        new ProjectContents(
            List.of(),
            null,
            Pairs.scale("lse", 10),
            set,
            Map.of("one", new Preset("one", Defaults.usual(2), point)),
            Map.of("way", way),
            List.of(MappingWire.fitted(version)),
            new Playing("v1", ""));
    String document = document("ann", contents);
    replace("bea", document);
    ProjectContents beas = contents("bea");
    assertEquals(document("x", notHeard(contents)), document("x", beas));
    assertEquals("v1", mappings.playingVersion("bea"));
    assertEquals(
        version.toBuilder().setPerformer("bea").build(),
        MappingVersion.parseFrom(beas.mappings().get(0).record()));
    IllegalArgumentException no =
        assertThrows(
            IllegalArgumentException.class,
            () -> replace("bea", document.replace("\"loss\":0.125", "\"loss\":\"much\"")));
    assertEquals("mappings[0].loss is \"much\": must be a number", no.getMessage());
    replace("bea", document("eve", ProjectContents.NOTHING));
    assertEquals(ProjectContents.NOTHING, contents("bea"));
    assertEquals("", mappings.playingVersion("bea"));
  }

  @Test
  void undoDoesNotReachBeyondAnImportWithoutPairs() throws Exception {
    join(outlet.add(pair("ann", "1")));
    join(outlet.clear("ann"));
    replace("ann", ProjectContents.NOTHING);
    assertEquals(0, outlet.undoable("ann"));
    assertEquals(Refusal.Kind.NOT_YET, refused(outlet.undo("ann")).kind());
    PairFlow again = kill(folder.resolve("pairs"), "killed");
    assertEquals(0, again.undoable("ann"));
  }

  @Test
  void aDiskThatIsGoneLeavesEverythingAsItIs() throws Exception {
    teach("ann", 2);
    String project = exported("ann");
    end();
    book = null;
    begin(folder.resolve("pairs").resolve(PairStore.NAME).resolve("x"));
    assertThrows(Refusal.class, () -> replace("ann", project));
    assertEquals(
        Refusal.Kind.UNAVAILABLE, refused(outlet.add(Pairs.pair("ann", "a", 1, 0))).kind());
  }

  private static ProjectContents notHeard(ProjectContents all) {
    return new ProjectContents(
        all.pairs(),
        all.pairsScale(),
        null,
        all.settings(),
        all.presets(),
        all.trajectories(),
        all.mappings(),
        all.playing());
  }
}
