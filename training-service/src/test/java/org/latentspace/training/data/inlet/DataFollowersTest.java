package org.latentspace.training.data.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.Topic;
import org.latentspace.model.Grid;
import org.latentspace.proto.RebuildReply;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.TrainingPair;
import org.latentspace.training.TrainingConfig;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.data.TaughtPair.Target;

class DataFollowersTest {
  @TempDir Path folder;
  private final FakeLog log = new FakeLog();
  private DataFlow flow;
  private DataFollowers followers;

  @BeforeEach
  void begin() {
    TrainingConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(TrainingConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("training-service.data-dir", folder.toString()), "test", 100))
            .build()
            .getConfigMapping(TrainingConfig.class);
    flow = new DataFlow(config);
    followers = new DataFollowers(flow, log);
    followers.begin();
  }

  @AfterEach
  void close() {
    flow.rhythms().close();
  }

  @Test
  void aPlayedLoopBecomesAPieceOnceHoweverOftenItsRecordComes() {
    RecordedRhythm.Builder rhythm = rhythm();
    append(rhythm);
    append(rhythm);
    assertEquals(1, flow.rhythms().counts().pieces());
    Piece piece = flow.browser().pieces(Selection.ALL, 0, "").entries().get(0);
    Origin origin = piece.about().first();
    assertEquals("band/r1", origin.name());
    assertEquals("anna", origin.performer());
    assertEquals(1_800_000_000, origin.date().getEpochSecond());
    assertEquals(1, piece.about().origins().size());
    assertEquals(111, piece.song().bpm());
    assertEquals(
        List.of("ensemble:band", "from:model", "model:six-robots-1"),
        List.copyOf(piece.about().tags()));
    assertEquals(
        1,
        flow.rhythms()
            .pick(Selection.ALL, Grid.STANDARD, flow.kits().named("six-robots"), 1)
            .data()
            .examples()
            .size());
    append(rhythm.setRhythmId("r2").setPerformer("ben"));
    assertEquals(1, flow.rhythms().counts().pieces(), "the same strokes");
    assertEquals(2, flow.rhythms().piece(piece.id()).about().origins().size());
  }

  @Test
  void poisonIsRefusedAndTheNextRecordHeard() {
    log.append(Topic.RECORDED_RHYTHMS, "band/r1", null);
    log.append(Topic.RECORDED_RHYTHMS, "band/r1", new byte[] {1, 2, 3});
    log.append(Topic.RECORDED_RHYTHMS, "other/r1", rhythm().build().toByteArray());
    append(rhythm().setBpm(Double.NaN));
    append(rhythm().setRhythm(rhythm().getRhythm().toBuilder().setStep(0, 96)));
    append(rhythm().setRhythm(rhythm().getRhythm().toBuilder().setVelocity(0, Float.NaN)));
    append(rhythm().setRhythm(rhythm().getRhythm().toBuilder().addStep(5)));
    append(rhythm().setRhythm(rhythm().getRhythm().toBuilder().setBars(3)));
    append(rhythm().setRhythm(rhythm().getRhythm().toBuilder().setVoices(0, "snare")));
    append(rhythm().setRhythm(Rhythm.getDefaultInstance()));
    append(rhythm().setRhythmId("../../x"));
    assertEquals(11, log.poisoned());
    append(rhythm());
    assertEquals(1, flow.rhythms().counts().pieces());
  }

  @Test
  void theDataSetIsRebuiltFromTheLogWithoutWhatWasDeleted() throws Exception {
    append(rhythm());
    append(rhythm().setRhythmId("r2").setRhythm(rhythm().getRhythm().toBuilder().setStep(0, 3)));
    List<Piece> pieces = flow.browser().pieces(Selection.ALL, 0, "").entries();
    flow.rhythms().delete(List.of(pieces.get(0).id()));
    RebuildReply reply = followers.rebuild();
    assertEquals(2, reply.getRecords());
    assertEquals(0, reply.getPiecesAdded());
    assertEquals(1, flow.rhythms().counts().pieces());
  }

  @Test
  void pairsFollowTheirKeys() {
    TrainingPair.Builder pair =
        TrainingPair.newBuilder()
            .setPerformer("anna")
            .setPair("p1")
            .addInput(0.5f)
            .addOutput(0.1f)
            .addOutput(0.2f);
    log.append(Topic.TRAINING_PAIRS, "anna/p1", pair.build().toByteArray());
    pair.setOutput(0, 0.9f);
    log.append(Topic.TRAINING_PAIRS, "anna/p1", pair.build().toByteArray());
    assertEquals(0.9f, flow.pairs().of("anna").get(0).output().get(0));
    log.append(Topic.TRAINING_PAIRS, "anna/p2", ByteString.copyFromUtf8("x").toByteArray());
    assertEquals(1, log.poisoned());
    log.append(Topic.TRAINING_PAIRS, "anna/p1", null);
    assertEquals(0, flow.pairs().count());
  }

  @Test
  void aPairKeepsWhatItMeans() {
    TrainingPair.Builder pair =
        TrainingPair.newBuilder()
            .setPerformer("anna")
            .setPair("p1")
            .addInput(0.5f)
            .addSenses("rms")
            .addOutput(0.1f)
            .addOutput(0.2f)
            .addOutput(2)
            .addOutput(50);
    log.append(Topic.TRAINING_PAIRS, "anna/p1", pair.build().toByteArray());
    Target derived = flow.pairs().of("anna").get(0).meaning();
    assertEquals(List.of("x", "y", "noise", "z-ramp"), derived.outputs());
    assertEquals(List.of(0.1f, 0.2f, 1f, 0.25f), derived.target());
    pair.addTarget(0.3f).addOutputs("filter").setFrames(9);
    pair.setMotion(org.latentspace.proto.Motion.MOTION_MOVEMENT);
    log.append(Topic.TRAINING_PAIRS, "anna/p1", pair.build().toByteArray());
    Target said = new Target(List.of(0.3f), List.of("filter"), Motion.MOVEMENT, 9);
    assertEquals(said, flow.pairs().of("anna").get(0).meaning());
    log.append(Topic.TRAINING_PAIRS, "anna/p1", pair.addTarget(2).build().toByteArray());
    log.append(Topic.TRAINING_PAIRS, "anna/p1", pair.addOutputs("y").build().toByteArray());
    assertEquals(2, log.poisoned());
  }

  private void append(RecordedRhythm.Builder rhythm) {
    String key = rhythm.getEnsemble() + "/" + rhythm.getRhythmId();
    log.append(Topic.RECORDED_RHYTHMS, key, rhythm.build().toByteArray());
  }

  private static RecordedRhythm.Builder rhythm() {
    return RecordedRhythm.newBuilder()
        .setEnsemble("band")
        .setRhythmId("r1")
        .setPerformer("anna")
        .setPlayedAt(Timestamp.newBuilder().setSeconds(1_800_000_000))
        .setBpm(111)
        .setSource("model")
        .setRhythm(
            Rhythm.newBuilder()
                .setModelVersion("six-robots-1")
                .setBars(2)
                .setBeatsPerBar(4)
                .setBeatUnit(4)
                .setStepsPerBeat(12)
                .addVoices("kick")
                .addVoices("snare")
                .addStep(0)
                .addStep(12)
                .addVoice(0)
                .addVoice(1)
                .addVelocity(1)
                .addVelocity(0.5f)
                .addOffset(0)
                .addOffset(-0.5f));
  }
}
