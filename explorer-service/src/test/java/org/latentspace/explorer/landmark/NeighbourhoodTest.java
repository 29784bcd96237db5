package org.latentspace.explorer.landmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.landmark.Neighbourhood.Landmark;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;

class NeighbourhoodTest {
  private static Landmark landmark(List<String> senses, float... input) {
    return new Landmark(input, senses, Motion.POSITION, new float[] {0, 0});
  }

  private static float distance(List<Landmark> landmarks, List<String> names, float... vector) {
    Neighbourhood near = new Neighbourhood(landmarks);
    near.know(names);
    return near.distance(vector);
  }

  @Test
  void aboveOneIsFurtherAwayThanThePairsAreFromEachOther() {
    List<String> names = List.of("a", "b");
    List<Landmark> square =
        List.of(
            landmark(names, 0, 0),
            landmark(names, 0.4f, 0),
            landmark(names, 0, 0.4f),
            landmark(names, 0.4f, 0.4f));
    float[][] table = {{0, 0, 0}, {0.2f, 0, 0.5f}, {0.8f, 0.4f, 1}, {1, 0.4f, 1.5f}};
    for (float[] row : table) {
      assertEquals(row[2], distance(square, names, row[0], row[1]), 1e-6);
    }
  }

  @Test
  void onePairAloneAndPairsTaughtTwiceHaveASpacingToo() {
    List<String> names = List.of("a");
    assertEquals(0, distance(List.of(), names, 1));
    assertEquals(2, distance(List.of(landmark(names, 0)), names, 0.5f), 1e-6);
    List<Landmark> twice = List.of(landmark(names, 0), landmark(names, 0));
    assertEquals(25, distance(twice, names, 0.5f), 1e-4);
  }

  @Test
  void sensesAreFoundByNameAndAbsentOnesDoNotCount() {
    List<String> names = List.of("a", "b", "pose");
    List<Landmark> pairs =
        List.of(
            landmark(names, 0.1f, 0.2f, 0.9f),
            landmark(List.of("b", "a", "pose"), 0.2f, 0.6f, 0.9f));
    assertEquals(0, distance(pairs, List.of("pose", "b", "a"), 0.9f, 0.2f, 0.6f), 1e-6);
    assertEquals(0, distance(pairs, List.of("a", "b"), 0.1f, 0.2f), 1e-6);
    assertEquals(1, distance(pairs, names, 0.1f, 0.2f, 0.4f), 1e-5);
  }

  @Test
  void tenThousandPairsAreTakenInAndMeasuredQuickly() {
    List<String> names = org.latentspace.explorer.feature.Frame.FEATURE_NAMES;
    SplittableRandom chance = new SplittableRandom(2);
    List<Landmark> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      float[] input = new float[10];
      for (int e = 0; e < 10; e++) {
        input[e] = (float) chance.nextDouble();
      }
      many.add(landmark(names, input));
    }
    Neighbourhood near = new Neighbourhood(many);
    near.know(names);
    assertEquals(0, near.distance(many.get(77).input()));
    float middle = near.distance(new float[] {.5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f});
    assertTrue(middle > 0 && middle < 2, "middle " + middle);
  }
}
