package org.latentspace.explorer.outlet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionException;
import org.latentspace.explorer.place.Change;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.project.ProjectPart;

/** What a performer has set, in a project. */
@ApplicationScoped
public class SettingsPart implements ProjectPart {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject SettingsOutlet kept;
  @Inject Performers performers;

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public JsonNode export(String performer) {
    Change set = kept.before(performer);
    try {
      return set == null ? null : JSON.readTree(SettingsOutlet.json(performer, set));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void check(String performer, JsonNode part) {
    if (part != null) {
      SettingsOutlet.parse(part.toString(), performers.latentSize());
    }
  }

  @Override
  public void replace(String performer, JsonNode part) {
    Change set =
        part == null ? null : SettingsOutlet.parse(part.toString(), performers.latentSize());
    try {
      kept.replace(performer, set).toCompletableFuture().join();
    } catch (CompletionException fault) {
      throw new IllegalStateException(fault.getCause().getMessage(), fault);
    }
    Performer present = performers.find(performer);
    if (present != null) {
      present.restore(set);
    }
  }
}
