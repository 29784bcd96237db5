package org.latentspace.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the strings of a model file: version, grid, voices, latent range, thresholds, layers. */
final class MetadataReader {
  private static final int MAX_VOICES = 24;
  private static final int MIN_LATENT = 2;
  private static final int MAX_LATENT = 32;
  private static final float FARTHEST = 1000;

  private final StrictJson json;
  private final String name;
  private final Safetensors file;
  private final Map<String, String> metadata;

  MetadataReader(String name, Safetensors file) {
    this.json = new StrictJson(name);
    this.name = name;
    this.file = file;
    this.metadata = file.metadata();
  }

  RhythmModelFile read() throws ModelFault {
    String format = entry("format");
    if (!format.equals(RhythmModelFile.FORMAT)) {
      throw json.fault(
          "format is " + StrictJson.shown(format) + ", must be " + RhythmModelFile.FORMAT);
    }
    String version = entry("version");
    if (!RhythmModelFile.VERSION.matcher(version).matches()) {
      throw json.fault(
          "version is "
              + StrictJson.shown(version)
              + ", must be "
              + RhythmModelFile.VERSION.pattern());
    }
    Grid grid = grid();
    List<String> voices = voices();
    int count = voices.size();
    JsonNode thresholds = json.array("thresholds", entry("thresholds"), count, count);
    LatentRange latent = latent();
    RhythmNetworks networks =
        new NetworksReader(name, file, latent.size(), grid.steps() * count).read();
    return new RhythmModelFile(
        version,
        grid,
        voices,
        latent,
        json.numbers("thresholds", thresholds, 0, 1),
        networks,
        metadata);
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
      if (!RhythmModelFile.VOICE.matcher(voice).matches()) {
        throw json.fault(
            "voice " + StrictJson.shown(voice) + " must be " + RhythmModelFile.VOICE.pattern());
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
    int size = (int) json.whole("latent size", sizeNode, MIN_LATENT, MAX_LATENT);
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
    return json.numbers(where, json.array(where, node, size, size), -FARTHEST, FARTHEST);
  }
}
