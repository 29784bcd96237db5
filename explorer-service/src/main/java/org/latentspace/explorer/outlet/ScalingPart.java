package org.latentspace.explorer.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.explorer.Lessons;
import org.latentspace.explorer.heard.Scale;
import org.latentspace.explorer.project.ProjectPart;
import org.latentspace.explorer.project.ScaleJson;

/**
 * The scaling that was heard last, in a performer's project: to read, and to bring in by hand
 * (RangeService.PutRange). Importing it changes nothing: feature-service scales.
 */
@ApplicationScoped
public class ScalingPart implements ProjectPart {
  private static final String NAME = "scaling";

  private final Lessons lessons;

  @Inject
  public ScalingPart(Lessons lessons) {
    this.lessons = lessons;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JsonNode export(String performer) {
    Scale scale = lessons.scale(performer);
    return scale == null ? null : ScaleJson.write(scale);
  }

  @Override
  public void check(String performer, JsonNode part) {
    if (part != null) {
      ScaleJson.read(part, NAME);
    }
  }

  @Override
  public void replace(String performer, JsonNode part) {
    // Nothing here to replace.
  }
}
