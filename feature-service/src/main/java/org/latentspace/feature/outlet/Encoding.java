package org.latentspace.feature.outlet;

import org.latentspace.feature.dsp.Block;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.feature.dsp.Scaling;
import org.latentspace.feature.senses.SenseValues;
import org.latentspace.feature.wire.RangeWire;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.RawFeatures;
import org.latentspace.wire.OriginWire;

/** Writes what was heard as messages of the wire. */
final class Encoding {
  private Encoding() {}

  static FeatureFrame.Builder frame(Block block, FrameFeatures heard) {
    FeatureFrame.Builder frame =
        FeatureFrame.newBuilder()
            .setOrigin(OriginWire.write(block.origin()).toBuilder().setLast(heard.last()))
            .setFrame(heard.frame())
            .setWindowCentreS(heard.centreSeconds())
            .setRaw(raw(heard))
            .setPitchMidi((float) heard.pitchMidi())
            .setPitchConfidence((float) heard.pitchConfidence())
            .setOnset(heard.onset())
            .setSilent(heard.silent())
            .setLevelDbfs((float) heard.levelDbfs())
            .setScaling(heard.scaling());
    for (int i = 0; i < Scaling.SIZE; i++) {
      frame.addVector((float) heard.vector(i));
    }
    if (heard.felt().senses() > 0) {
      felt(heard.felt(), frame);
    }
    heard.felt().refused().forEach(one -> frame.addRefusedSenses(RangeWire.sense(one)));
    if (heard.news() != null) {
      frame.setScalingSpec(RangeWire.spec(heard.news()));
    }
    return frame;
  }

  private static void felt(SenseValues felt, FeatureFrame.Builder frame) {
    for (int i = 0; i < felt.senses(); i++) {
      frame.addSenses(RangeWire.sense(felt.sense(i), felt.stale(i)));
    }
    for (int i = 0; i < felt.size(); i++) {
      frame.addVector(felt.vector(i));
      frame.addSenseRaw(felt.raw(i));
    }
  }

  private static RawFeatures raw(FrameFeatures heard) {
    return RawFeatures.newBuilder()
        .setAmbitusSemitones((float) heard.raw(0))
        .setDensityPerS((float) heard.raw(1))
        .setRmsLinear((float) heard.raw(2))
        .setCentroidHz((float) heard.raw(3))
        .setSpreadHz((float) heard.raw(4))
        .setSkewness((float) heard.raw(5))
        .setKurtosis((float) heard.raw(6))
        .setRolloffHz((float) heard.raw(7))
        .setFlatnessDb((float) heard.raw(8))
        .setCrestDb((float) heard.raw(9))
        .build();
  }
}
