package org.latentspace.explorer.place;

import java.util.List;

/**
 * What goes to other destinations than the rhythm.
 *
 * @param values 0..1, one for each route; never written to
 */
public record ExtraOutputs(List<Route> routes, float[] values) {
  /** Nothing does. */
  public static final ExtraOutputs NONE = new ExtraOutputs(List.of(), new float[0]);

  public ExtraOutputs {
    routes = List.copyOf(routes);
  }

  /** The same by other routes: one of the same name keeps its value, a new one begins at 0. */
  public ExtraOutputs by(List<Route> others) {
    if (others.equals(routes)) {
      return this;
    }
    float[] next = new float[others.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = value(others.get(i).name(), 0);
    }
    return new ExtraOutputs(others, next);
  }

  /** The value of the route of that name. */
  public float value(String name, float otherwise) {
    for (int i = 0; i < values.length; i++) {
      if (routes.get(i).name().equals(name)) {
        return values[i];
      }
    }
    return otherwise;
  }
}
