package org.latentspace.explorer.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.latentspace.explorer.trajectory.Trajectory;

/** A trajectory as JSON: {@code {"name", "nanos": [0, ...], "rows": [[x, y, ..], ...]}}. */
final class TrajectoryJson {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final int WIDEST = 34;

  private TrajectoryJson() {}

  static ObjectNode write(Trajectory trajectory) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", trajectory.name());
    ArrayNode nanos = node.putArray("nanos");
    ArrayNode rows = node.putArray("rows");
    int width = trajectory.width();
    for (int i = 0; i < trajectory.points(); i++) {
      nanos.add(trajectory.nanos()[i]);
      ArrayNode row = rows.addArray();
      for (int e = 0; e < width; e++) {
        row.add(trajectory.rows()[i * width + e]);
      }
    }
    return node;
  }

  /** Throws IllegalArgumentException in one line. */
  static Trajectory read(JsonNode node) {
    String name = node.path("name").asText("");
    require(name.matches("[A-Za-z0-9_-]{1,64}"), "name", "1..64 characters of [A-Za-z0-9_-]");
    JsonNode moments = node.path("nanos");
    JsonNode places = node.path("rows");
    int points = moments.size();
    int width = places.path(0).size();
    require(points >= 1 && points <= Trajectory.MOST_POINTS, "nanos", "1..60001 numbers");
    require(places.size() == points && width >= 4 && width <= WIDEST, "rows", "as many, of 4..34");
    long[] nanos = new long[points];
    float[] rows = new float[points * width];
    for (int i = 0; i < points; i++) {
      require(moments.get(i).canConvertToLong(), "nanos[" + i + "]", "a whole number");
      nanos[i] = moments.get(i).longValue();
      JsonNode row = places.get(i);
      require(row.size() == width, "rows[" + i + "]", width + " numbers");
      for (int e = 0; e < width; e++) {
        float most = e < width - 2 ? 1 : e == width - 2 ? 2 : 5000;
        float value = row.get(e).isNumber() ? row.get(e).floatValue() : Float.NaN;
        require(value >= 0 && value <= most, "rows[" + i + "][" + e + "]", "0.." + (int) most);
        rows[i * width + e] = value;
      }
    }
    return new Trajectory(name, nanos, rows, width);
  }

  private static void require(boolean right, String what, String would) {
    if (!right) {
      throw new IllegalArgumentException("trajectories: " + what + ": must be " + would);
    }
  }
}
