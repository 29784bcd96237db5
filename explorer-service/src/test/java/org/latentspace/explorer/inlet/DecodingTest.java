package org.latentspace.explorer.inlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Origin;
import org.latentspace.proto.RefusedSense;
import org.latentspace.proto.ScalingSpec;
import org.latentspace.proto.Sense;

class DecodingTest {
  /** Ten features, pose of two and breath of one, by auto-1, which is told. */
  private static final FeatureFrame GOOD =
      FeatureFrame.newBuilder()
          .setOrigin(Origin.newBuilder().setPerformer("ada").setSequence(1))
          .setFrame(1)
          .addAllVector(Collections.nCopies(13, 0.5f))
          .addAllSenseRaw(List.of(1f, 2f, 3f))
          .addSenses(Sense.newBuilder().setName("pose").setSize(2).setStale(true))
          .addSenses(Sense.newBuilder().setName("breath").setSize(1))
          .setScaling("auto-1")
          .setScalingSpec(
              ScalingSpec.newBuilder()
                  .setName("auto-1")
                  .addAllSenses(Frame.FEATURE_NAMES)
                  .addAllSenses(List.of("pose.1", "pose.2", "breath"))
                  .addAllLow(Collections.nCopies(13, -1.0))
                  .addAllHigh(Collections.nCopies(13, 3.0))
                  .setOutLow(0.1)
                  .setOutHigh(0.9))
          .build();

  @Test
  void readsSensesTheirRawValuesAndTheScaling() {
    Frame frame = Decoding.frame(GOOD);
    assertEquals(13, frame.vector().length);
    assertEquals(List.of("pose.1", "pose.2", "breath"), frame.names().subList(10, 13));
    assertTrue(frame.senses().get(0).stale());
    assertArrayEquals(new float[] {1, 2, 3}, Arrays.copyOfRange(frame.raw(), 10, 13));
    assertEquals("auto-1", frame.scale().name());
    assertEquals(0.9f, frame.scale().entry(11, 3));
    assertNull(Decoding.frame(GOOD.toBuilder().clearScalingSpec().build()).scale());
    FeatureFrame plain =
        GOOD.toBuilder()
            .clearSenses()
            .clearSenseRaw()
            .clearVector()
            .addAllVector(Collections.nCopies(10, 0.5f))
            .build();
    assertEquals(Frame.FEATURE_NAMES, Decoding.frame(plain).names());
  }

  @Test
  void refusesSensesThatDoNotFitTheVector() {
    refused(f -> f.addSenseRaw(4), "sense_raw has 4 entries, must be 3");
    refused(FeatureFrame.Builder::clearSenseRaw, "sense_raw has 0");
    refused(f -> f.setSenseRaw(1, Float.NaN), "sense_raw[1]=NaN");
    refused(f -> f.addVector(0.5f), "senses have 3 entries, but the vector has 4");
    refused(f -> f.setVector(12, Float.NaN), "vector[12]=NaN");
    refused(f -> f.setVector(12, 1.01f), "vector[12]=1.01");
    refused(f -> f.addAllVector(Collections.nCopies(254, 0f)), "must be 10..266");
    refused(f -> f.getSensesBuilder(0).setSize(-1), "1..256 entries");
    refused(f -> f.getSensesBuilder(0).setSize(0), "1..256 entries");
    refused(f -> f.getSensesBuilder(0).setSize(Integer.MAX_VALUE), "1..256 entries");
    refused(f -> f.getSensesBuilder(0).setName("po se"), "1..64 characters");
    refused(f -> f.getSensesBuilder(1).setName("pose"), "pose is there twice");
    refused(f -> f.getSensesBuilder(1).setName("rms"), "rms is there twice");
    refused(
        f -> {
          f.clearVector();
          f.getOriginBuilder().setLast(true);
        },
        "senses have 3 entries");
  }

  @Test
  void takesWhichSensesAreRefusedAndRefusesWhatCannotBe() {
    RefusedSense one = RefusedSense.newBuilder().setName("pose").setReason("why").build();
    FeatureFrame frame = GOOD.toBuilder().addRefusedSenses(one).build();
    assertEquals(1, Decoding.frame(frame).origin().sequence());
    assertRefused(Collections.nCopies(17, one));
    assertRefused(List.of(one.toBuilder().setName("po se").build()));
    assertRefused(List.of(one.toBuilder().setReason("x".repeat(501)).build()));
  }

  private static void assertRefused(List<RefusedSense> senses) {
    FeatureFrame frame = GOOD.toBuilder().addAllRefusedSenses(senses).build();
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> Decoding.frame(frame));
    assertTrue(wrong.getMessage().startsWith("refused_senses "), wrong.getMessage());
  }

  @Test
  void refusesAScalingThatCannotBe() {
    refused(f -> f.setScaling("x".repeat(65)), "scaling must be 1..64");
    refused(f -> f.setScaling("../x"), "scaling must be 1..64");
    refused(f -> f.getScalingSpecBuilder().setName("a b"), "scaling_spec.name must be");
    refused(f -> f.getScalingSpecBuilder().addLow(0), "like senses");
    refused(f -> f.getScalingSpecBuilder().clearHigh(), "scaling_spec.high has 0 entries");
    refused(
        f -> f.getScalingSpecBuilder().clearSenses(),
        "scaling_spec.senses is a list of 0: must be 10..266");
    refused(f -> f.getScalingSpecBuilder().setSenses(0, "pose"), "the ten features");
    refused(f -> f.getScalingSpecBuilder().setSenses(12, "pose.1"), "each once");
    refused(f -> f.getScalingSpecBuilder().setSenses(12, ""), "each once");
    refused(f -> f.getScalingSpecBuilder().setSenses(12, "x".repeat(69)), "each once");
    refused(
        f -> f.getScalingSpecBuilder().setLow(3, 3),
        "scaling_spec.low[3] is 3.0: must be below high");
    refused(f -> f.getScalingSpecBuilder().setLow(3, Double.NaN), "must be a finite number");
    refused(f -> f.getScalingSpecBuilder().setOutLow(0.9), "above outLow");
    refused(f -> f.getScalingSpecBuilder().setOutHigh(Double.NaN), "outHigh is NaN");
  }

  @Test
  void tenThousandDamagedFramesAreReadOrRefusedAndNothingElse() {
    Random random = new Random(7);
    byte[] good = GOOD.toByteArray();
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = good.clone();
      for (int hits = random.nextInt(4); hits > 0; hits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Frame frame = Decoding.frame(FeatureFrame.parseFrom(bytes));
        assertTrue(frame.vector().length <= Frame.MOST_ENTRIES);
        assertEquals(Math.max(10, frame.vector().length), frame.raw().length);
        read++;
      } catch (InvalidProtocolBufferException | IllegalArgumentException refusal) {
        assertTrue(refusal.getMessage().length() < 400, refusal.getMessage());
      }
    }
    assertTrue(read > 2000 && read < 9000, "read " + read);
  }

  private static void refused(Consumer<FeatureFrame.Builder> damage, String saying) {
    FeatureFrame.Builder frame = GOOD.toBuilder();
    damage.accept(frame);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Decoding.frame(frame.build()));
    assertTrue(refusal.getMessage().contains(saying), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }
}
