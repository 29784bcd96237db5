package org.latentspace.vae.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.LatentRange;
import org.latentspace.vae.rhythm.Grid;

/** Reads from a model file's metadata what the model plays on: grid, voices, latent range. */
final class ScoreReader {
  private static final int MAX_VOICES = 24;
  private static final float MAX_LATENT = 1000;
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern VOICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/+-]{0,31}");

  private final Json json;
  private final Map<String, String> metadata;

  ScoreReader(String file, Map<String, String> metadata) {
    this.json = new Json(file);
    this.metadata = metadata;
  }

  Model.Score read() throws ModelFault {
    String format = entry("format");
    if (!format.equals(ModelFile.FORMAT)) {
      throw json.fault("format is " + Json.shown(format) + ", must be " + ModelFile.FORMAT);
    }
    String version = entry("version");
    if (!VERSION.matcher(version).matches()) {
      throw json.fault("version is " + Json.shown(version) + ", must be " + VERSION.pattern());
    }
    Grid grid = grid();
    List<String> voices = voices();
    int count = voices.size();
    JsonNode thresholds = json.array("thresholds", entry("thresholds"), count, count);
    return new Model.Score(
        version, grid, voices, latent(), json.numbers("thresholds", thresholds, 0, 1));
  }

  private String entry(String name) throws ModelFault {
    String value = metadata.get(name);
    if (value == null) {
      throw json.fault(name + " is missing from the metadata");
    }
    return value;
  }

  private Grid grid() throws ModelFault {
    JsonNode grid = json.object("grid", entry("grid"));
    int bars = (int) json.whole("grid bars", grid.get("bars"), 1, 8);
    int beats = (int) json.whole("grid beats_per_bar", grid.get("beats_per_bar"), 1, 12);
    int unit = (int) json.whole("grid beat_unit", grid.get("beat_unit"), 4, 8);
    int steps = (int) json.whole("grid steps_per_beat", grid.get("steps_per_beat"), 4, 24);
    try {
      return new Grid(bars, beats, unit, steps);
    } catch (IllegalArgumentException e) {
      throw json.fault("grid " + e.getMessage());
    }
  }

  private List<String> voices() throws ModelFault {
    List<String> voices = new ArrayList<>();
    for (JsonNode entry : json.array("voices", entry("voices"), 1, MAX_VOICES)) {
      String voice = json.text("voices[" + voices.size() + "]", entry);
      if (!VOICE.matcher(voice).matches()) {
        throw json.fault("voice " + Json.shown(voice) + " must be " + VOICE.pattern());
      }
      if (voices.contains(voice)) {
        throw json.fault("voice " + voice + " is named twice");
      }
      voices.add(voice);
    }
    return List.copyOf(voices);
  }

  private LatentRange latent() throws ModelFault {
    JsonNode latent = json.object("latent", entry("latent"));
    JsonNode sizeNode = latent.get("size");
    int size =
        (int) json.whole("latent size", sizeNode, LatentPoint.MIN_SIZE, LatentPoint.MAX_SIZE);
    float[] low = bounds("latent low", latent.get("low"), size);
    float[] high = bounds("latent high", latent.get("high"), size);
    for (int d = 0; d < size; d++) {
      if (!(low[d] < high[d])) {
        throw json.fault(
            "latent low[" + d + "] is " + low[d] + ", must be below high, which is " + high[d]);
      }
    }
    return new LatentRange(low, high);
  }

  private float[] bounds(String where, JsonNode node, int size) throws ModelFault {
    return json.numbers(where, json.array(where, node, size, size), -MAX_LATENT, MAX_LATENT);
  }
}
