package org.latentspace.wire.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WarmUpTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void exercisesTakeTurnsUntilTheTimeIsOverAndEnd() {
    long until = System.nanoTime() + 20_000_000;
    long rounds = WarmUp.exercise(List.of(exercise("a"), exercise("b")), until);
    assertTrue(System.nanoTime() - until >= 0);
    assertEquals(List.of("a", "b", "a", "b"), log.subList(0, 4));
    assertEquals(List.of("end a", "end b"), log.subList(log.size() - 2, log.size()));
    assertEquals(log.size() - 2, rounds);
  }

  @Test
  void oneThatFailsHindersNeitherTheOthersNorTheStart() {
    Exercise cannotBegin =
        () -> {
          throw new IllegalStateException("no");
        };
    Exercise fails =
        () ->
            () -> {
              log.add("fails");
              throw new IllegalStateException("no");
            };
    WarmUp.exercise(List.of(cannotBegin, fails, exercise("a")), System.nanoTime() + 20_000_000);
    assertEquals(1, log.stream().filter("fails"::equals).count());
    assertTrue(log.contains("end a"));
    WarmUp.exercise(List.of(fails), Long.MAX_VALUE / 2 + System.nanoTime());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHopIsExercisedAsNeighboursTalkAndGivenBack(boolean inThisProcess) {
    try (WireExercise.Hop hop = new WireExercise(inThisProcess).begin()) {
      until(
          "echoes come back",
          () -> {
            hop.once();
            return hop.echoes() >= 32;
          });
    }
  }

  @Test
  void isNotReadyBeforeItIsDone() {
    WarmUp warmUp = new WarmUp();
    assertEquals(HealthCheckResponse.Status.DOWN, warmUp.call().getStatus());
    warmUp.config = () -> 0;
    warmUp.run(null);
    assertEquals(HealthCheckResponse.Status.UP, warmUp.call().getStatus());
  }

  private Exercise exercise(String name) {
    return () ->
        new Exercise.Round() {
          @Override
          public void once() {
            log.add(name);
          }

          @Override
          public void close() {
            log.add("end " + name);
          }
        };
  }
}
