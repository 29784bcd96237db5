package org.latentspace.explorer.outlet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.preset.Preset;
import org.latentspace.explorer.project.ProjectPart;

/** A performer's presets, in a project. */
@ApplicationScoped
public class PresetPart implements ProjectPart {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject PresetOutlet kept;
  @Inject Performers performers;

  @Override
  public String name() {
    return "presets";
  }

  @Override
  public JsonNode export(String performer) {
    Map<String, Preset> all = kept.all(performer);
    try {
      return all.isEmpty() ? null : JSON.readTree(PresetOutlet.json(performer, all));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void check(String performer, JsonNode part) {
    read(part);
  }

  private Map<String, Preset> read(JsonNode part) {
    return part == null ? Map.of() : PresetOutlet.parse(part.toString(), performers.latentSize());
  }

  @Override
  public void replace(String performer, JsonNode part) {
    try {
      kept.replace(performer, read(part)).toCompletableFuture().join();
    } catch (CompletionException fault) {
      throw new IllegalStateException(fault.getCause().getMessage(), fault);
    }
  }
}
