package org.latentspace.training.work;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.latentspace.model.Grid;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.vae.HyperParameters;

/**
 * All that a training needs to know besides the examples.
 *
 * @param dataDigest of the selection that training and validation examples come from
 * @param strokes what grid and kit make of the selection's strokes
 * @param checkpointEpochs how many epochs lie between two checkpoints, at least 1
 */
public record WorkOrder(
    @JsonUnwrapped Label label,
    Grid grid,
    List<String> voices,
    @JsonProperty("hyper_parameters") HyperParameters hyper,
    String dataDigest,
    Strokes strokes,
    int checkpointEpochs) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** What is written into the model file in words. */
  public record Label(String version, String licence, String attribution, String note) {}

  public WorkOrder {
    voices = List.copyOf(voices);
    if (checkpointEpochs < 1) {
      throw new IllegalArgumentException(
          "checkpoint epochs is " + checkpointEpochs + ", must be at least 1");
    }
  }

  /** One object, in which the label's strings stand beside the rest. */
  public String json() {
    return JSON.valueToTree(this).toPrettyString();
  }

  /** Throws IllegalArgumentException, saying what is wrong, for text that is no order. */
  public static WorkOrder read(String json) {
    try {
      return JSON.readValue(json, WorkOrder.class);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("not an order: " + broken.getMessage(), broken);
    }
  }
}
