package org.latentspace.training.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.model.Grid;
import org.latentspace.training.score.Strokes;
import org.latentspace.training.vae.HyperParameters;

/**
 * All that a training needs to know besides the examples.
 *
 * @param dataDigest of the selection that training and validation examples come from
 * @param strokes what grid and kit make of the selection's strokes
 * @param checkpointEpochs how many epochs lie between two checkpoints, at least 1
 */
public record WorkOrder(
    Label label,
    Grid grid,
    List<String> voices,
    HyperParameters hyper,
    String dataDigest,
    Strokes strokes,
    int checkpointEpochs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is written into the model file in words. */
  public record Label(String version, String licence, String attribution, String note) {}

  public WorkOrder {
    voices = List.copyOf(voices);
    if (checkpointEpochs < 1) {
      throw new IllegalArgumentException(
          "checkpoint epochs is " + checkpointEpochs + ", must be at least 1");
    }
  }

  public String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("version", label.version()).put("licence", label.licence());
    node.put("attribution", label.attribution()).put("note", label.note());
    ObjectNode gridNode = node.putObject("grid");
    gridNode.put("bars", grid.bars()).put("beats_per_bar", grid.beatsPerBar());
    gridNode.put("beat_unit", grid.beatUnit()).put("steps_per_beat", grid.stepsPerBeat());
    node.set("voices", JSON.valueToTree(voices));
    node.set("hyper_parameters", hyper.toJson());
    node.put("data_digest", dataDigest);
    ObjectNode fate = node.putObject("strokes");
    fate.put("kept", strokes.kept()).put("moved", strokes.moved());
    fate.put("lost", strokes.lost()).put("unmapped", strokes.unmapped());
    return node.put("checkpoint_epochs", checkpointEpochs).toPrettyString();
  }

  /** Throws IllegalArgumentException, saying what is wrong, for text that is no order. */
  public static WorkOrder read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      JsonNode grid = node.path("grid");
      JsonNode fate = node.path("strokes");
      List<String> voices = new ArrayList<>();
      node.path("voices").forEach(voice -> voices.add(voice.asText()));
      return new WorkOrder(
          new Label(
              node.path("version").asText(),
              node.path("licence").asText(),
              node.path("attribution").asText(),
              node.path("note").asText()),
          new Grid(
              grid.path("bars").asInt(),
              grid.path("beats_per_bar").asInt(),
              grid.path("beat_unit").asInt(),
              grid.path("steps_per_beat").asInt()),
          voices,
          HyperParameters.read(node.path("hyper_parameters")),
          node.path("data_digest").asText(),
          new Strokes(
              fate.path("kept").asLong(),
              fate.path("moved").asLong(),
              fate.path("lost").asLong(),
              fate.path("unmapped").asLong()),
          node.path("checkpoint_epochs").asInt());
    } catch (IOException broken) {
      throw new IllegalArgumentException("not an order: " + broken.getMessage(), broken);
    }
  }
}
