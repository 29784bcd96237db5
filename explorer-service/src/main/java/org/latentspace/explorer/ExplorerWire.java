package org.latentspace.explorer;

import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.Origin;
import org.latentspace.explorer.heard.RawFeatures;
import org.latentspace.explorer.heard.Sense;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Place;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.LatentPoint;

/** Writes the domain's values as messages of the wire. */
public final class ExplorerWire {
  private ExplorerWire() {}

  public static org.latentspace.proto.Origin origin(Origin origin) {
    return org.latentspace.proto.Origin.newBuilder()
        .setPerformer(origin.performer())
        .setSequence(origin.sequence())
        .setCapturedNanos(origin.capturedNanos())
        .setSoundNanos(origin.soundNanos())
        .setLossless(origin.lossless())
        .setLast(origin.last())
        .build();
  }

  public static LatentPoint point(Origin origin, Place place) {
    LatentPoint.Builder point =
        LatentPoint.newBuilder()
            .setOrigin(origin(origin))
            .setNoise(place.noise())
            .setZRampMs(place.rampMs())
            .setMode(mode(place.mode()));
    for (float entry : place.position()) {
      point.addPosition(entry);
    }
    return point.build();
  }

  public static org.latentspace.proto.Mode mode(Mode mode) {
    return mode == Mode.SELECT
        ? org.latentspace.proto.Mode.MODE_SELECT
        : org.latentspace.proto.Mode.MODE_PREDICT;
  }

  public static FeatureFrame frame(Frame frame) {
    FeatureFrame.Builder message =
        FeatureFrame.newBuilder()
            .setOrigin(origin(frame.origin()))
            .setFrame(frame.number())
            .setWindowCentreS(frame.windowCentreSeconds())
            .setRaw(raw(frame.raw()))
            .setPitchMidi(frame.pitchMidi())
            .setPitchConfidence(frame.pitchConfidence())
            .setOnset(frame.onset())
            .setSilent(frame.silent())
            .setLevelDbfs(frame.levelDbfs())
            .setScaling(frame.scaling());
    for (float entry : frame.vector()) {
      message.addVector(entry);
    }
    for (Sense sense : frame.senses()) {
      message.addSenses(
          org.latentspace.proto.Sense.newBuilder()
              .setName(sense.name())
              .setSize(sense.size())
              .setStale(sense.stale()));
    }
    for (float entry : frame.senseRaw()) {
      message.addSenseRaw(entry);
    }
    return message.build();
  }

  private static org.latentspace.proto.RawFeatures raw(RawFeatures raw) {
    return org.latentspace.proto.RawFeatures.newBuilder()
        .setAmbitusSemitones(raw.ambitusSemitones())
        .setDensityPerS(raw.densityPerSecond())
        .setRmsLinear(raw.rmsLinear())
        .setCentroidHz(raw.centroidHz())
        .setSpreadHz(raw.spreadHz())
        .setSkewness(raw.skewness())
        .setKurtosis(raw.kurtosis())
        .setRolloffHz(raw.rolloffHz())
        .setFlatnessDb(raw.flatnessDb())
        .setCrestDb(raw.crestDb())
        .build();
  }
}
