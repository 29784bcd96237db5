package org.latentspace.explorer.inlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latentspace.explorer.ExplorerEchoes;
import org.latentspace.explorer.Lessons;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.RampCurve;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Exploring;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Latency;
import org.latentspace.proto.LatentPoint;
import org.latentspace.proto.RawFeatures;
import org.latentspace.proto.RefusedSense;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.Sense;
import org.latentspace.proto.SongPosition;
import org.latentspace.proto.StageStatus;

/** Writes the newest of every performer's path as one line of JSON, for the screen. */
@ApplicationScoped
public class Picture {
  private static final JsonFactory JSON = new JsonFactory();

  @Inject Performers performers;
  @Inject ExplorerEchoes echoes;
  @Inject Lessons lessons;

  /** {"performers":[...]}, in the order in which they were first heard. */
  String json() {
    StringWriter text = new StringWriter(4096);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("performers");
      for (Performer performer : performers.all()) {
        Echo echo = echoes.newest(performer);
        if (echo != null) {
          performer(performer, echo, json);
        }
      }
      json.writeEndArray();
      missing(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Those whose input is missing, as the stages before this one say. */
  private void missing(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("missing");
    for (Map.Entry<String, List<StageStatus>> each : echoes.missing(System.nanoTime()).entrySet()) {
      json.writeStartObject();
      json.writeStringField("name", each.getKey());
      stages(each.getValue(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void performer(Performer performer, Echo echo, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", performer.name());
    json.writeStringField("mode", lower(performer.mode()));
    json.writeStringField("sending", lower(performer.sending()));
    json.writeBooleanField("ended", performer.ended());
    json.writeNumberField("missed", performer.missed());
    json.writeNumberField("revision", lessons.revision(performer.name()));
    hand(performer.hand(), json);
    frame(echo.getFeatures(), json);
    point(echo.getPoint(), json);
    exploring(echo.getExploring(), json);
    if (echo.hasRhythm()) {
      rhythm(echo.getRhythm(), json);
    }
    if (echo.hasPosition()) {
      song(echo.getPosition(), json);
    }
    json.writeNumberField("strokes", echo.getStrokes());
    json.writeNumberField("strokesDropped", echo.getStrokesDropped());
    stages(echo.getStagesList(), json);
    json.writeEndObject();
  }

  private static void stages(List<StageStatus> stages, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("stages");
    for (StageStatus stage : stages) {
      stage(stage, json);
    }
    json.writeEndArray();
  }

  private static void hand(Place hand, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("hand");
    json.writeArrayFieldStart("position");
    for (float entry : hand.position()) {
      json.writeNumber(entry);
    }
    json.writeEndArray();
    json.writeNumberField("noise", hand.noise());
    json.writeNumberField("zRampMs", hand.rampMs());
    json.writeNumberField("zRampTravel", RampCurve.travel(hand.rampMs()));
    json.writeEndObject();
  }

  private static void frame(FeatureFrame frame, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("frame");
    json.writeNumberField("number", frame.getFrame());
    json.writeArrayFieldStart("senses");
    for (Sense sense : frame.getSensesList()) {
      for (int i = 1; i <= sense.getSize(); i++) {
        json.writeString(sense.getSize() == 1 ? sense.getName() : sense.getName() + "." + i);
      }
    }
    json.writeEndArray();
    floats("senseRaw", frame.getSenseRawList(), json);
    floats("vector", frame.getVectorList(), json);
    RawFeatures raw = frame.getRaw();
    json.writeArrayFieldStart("raw");
    json.writeNumber(raw.getAmbitusSemitones());
    json.writeNumber(raw.getDensityPerS());
    json.writeNumber(raw.getRmsLinear());
    json.writeNumber(raw.getCentroidHz());
    json.writeNumber(raw.getSpreadHz());
    json.writeNumber(raw.getSkewness());
    json.writeNumber(raw.getKurtosis());
    json.writeNumber(raw.getRolloffHz());
    json.writeNumber(raw.getFlatnessDb());
    json.writeNumber(raw.getCrestDb());
    json.writeEndArray();
    json.writeNumberField("pitch", frame.getPitchMidi());
    json.writeNumberField("confidence", frame.getPitchConfidence());
    json.writeBooleanField("onset", frame.getOnset());
    json.writeBooleanField("silent", frame.getSilent());
    json.writeNumberField("level", frame.getLevelDbfs());
    json.writeStringField("scaling", frame.getScaling());
    json.writeNumberField("soundS", frame.getOrigin().getSoundNanos() / 1e9);
    json.writeEndObject();
  }

  private static void point(LatentPoint point, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("point");
    floats("position", point.getPositionList(), json);
    json.writeNumberField("noise", point.getNoise());
    json.writeNumberField("zRampMs", point.getZRampMs());
    json.writeNumberField("zRampTravel", RampCurve.travel(point.getZRampMs()));
    json.writeEndObject();
  }

  private static void exploring(Exploring exploring, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("exploring");
    json.writeStringField("mapping", exploring.getMapping());
    json.writeNumberField("extrapolation", exploring.getExtrapolation());
    json.writeArrayFieldStart("heldSenses");
    for (String sense : exploring.getHeldSensesList()) {
      json.writeString(sense);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("refusedSenses");
    for (RefusedSense sense : exploring.getRefusedSensesList()) {
      json.writeStartObject();
      json.writeStringField("name", sense.getName());
      json.writeStringField("reason", sense.getReason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("remark", exploring.getRemark());
    json.writeStringField("holder", exploring.getHolder());
    json.writeNumberField("heldS", exploring.getHeldS());
    json.writeNumberField("drift", exploring.getDrift());
    json.writeStringField("playing", exploring.getPlayingTrajectory());
    json.writeStringField("recording", exploring.getRecordingTrajectory());
    json.writeStringField("morphing", exploring.getMorphingPreset());
    json.writeNumberField("morph", exploring.getMorph());
    json.writeEndObject();
  }

  private static void rhythm(Rhythm rhythm, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("rhythm");
    json.writeStringField("leader", rhythm.getOrigin().getPerformer());
    json.writeStringField("model", rhythm.getModelVersion());
    json.writeNumberField("bars", rhythm.getBars());
    json.writeNumberField("beatsPerBar", rhythm.getBeatsPerBar());
    json.writeNumberField("beatUnit", rhythm.getBeatUnit());
    json.writeNumberField("stepsPerBeat", rhythm.getStepsPerBeat());
    json.writeArrayFieldStart("voices");
    for (String voice : rhythm.getVoicesList()) {
      json.writeString(voice);
    }
    json.writeEndArray();
    whole("step", rhythm.getStepList(), json);
    whole("voice", rhythm.getVoiceList(), json);
    floats("velocity", rhythm.getVelocityList(), json);
    floats("offset", rhythm.getOffsetList(), json);
    floats("position", rhythm.getPositionList(), json);
    json.writeEndObject();
  }

  private static void song(SongPosition position, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("song");
    json.writeNumberField("bar", position.getBar());
    json.writeNumberField("beat", position.getBeat());
    json.writeNumberField("bpm", position.getBpm());
    json.writeBooleanField("playing", position.getPlaying());
    json.writeBooleanField("stopped", position.getStopped());
    json.writeEndObject();
  }

  private static void stage(StageStatus stage, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("stage", stage.getStage());
    json.writeNumberField("received", stage.getReceived());
    json.writeNumberField("sent", stage.getSent());
    json.writeNumberField("dropped", stage.getDropped());
    json.writeNumberField("refused", stage.getRefused());
    latency("own", stage.getOwn(), json);
    latency("sinceCapture", stage.getSinceCapture(), json);
    json.writeStringField("weather", stage.getWeather());
    json.writeEndObject();
  }

  private static void latency(String name, Latency latency, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", latency.getCount());
    json.writeNumberField("p50", latency.getP50Us());
    json.writeNumberField("p99", latency.getP99Us());
    json.writeEndObject();
  }

  private static void floats(String name, List<Float> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (float value : values) {
      json.writeNumber(Math.round(value * 1e4f) / 1e4f);
    }
    json.writeEndArray();
  }

  private static void whole(String name, List<Integer> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
