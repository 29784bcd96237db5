package org.latentspace.explorer.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.latentspace.explorer.project.ProjectPart;
import org.latentspace.explorer.trajectory.Trajectory;

/** A performer's trajectories, in a project. */
@ApplicationScoped
public class TrajectoryPart implements ProjectPart {
  @Inject TrajectoryOutlet kept;

  @Override
  public String name() {
    return "trajectories";
  }

  @Override
  public JsonNode export(String performer) {
    List<Trajectory> all = kept.of(performer).toCompletableFuture().join();
    ArrayNode part = TrajectoryJson.JSON.createArrayNode();
    all.forEach(trajectory -> part.add(TrajectoryJson.write(trajectory)));
    return all.isEmpty() ? null : part;
  }

  @Override
  public void check(String performer, JsonNode part) {
    read(part);
  }

  private static Map<String, Trajectory> read(JsonNode part) {
    Map<String, Trajectory> all = new TreeMap<>();
    if (part != null) {
      part.forEach(
          node -> {
            Trajectory trajectory = TrajectoryJson.read(node);
            all.put(trajectory.name(), trajectory);
          });
    }
    long points = all.values().stream().mapToLong(Trajectory::points).sum();
    if (all.size() > TrajectoryOutlet.MOST || points > TrajectoryOutlet.MOST_POINTS) {
      throw new IllegalArgumentException(
          "trajectories: "
              + all.size()
              + " of "
              + points
              + " points: must be at most "
              + TrajectoryOutlet.MOST
              + " of "
              + TrajectoryOutlet.MOST_POINTS);
    }
    return all;
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
