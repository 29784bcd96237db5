package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.training.fit.FitFault;
import org.latentspace.training.fit.FitQueue;
import org.latentspace.training.fit.Lessons;
import org.latentspace.training.outlet.WarmWorker;
import org.latentspace.wire.StartMistake;

class FitReadinessTest {
  @TempDir Path folder;

  @Test
  void isNotReadyWhenTheWorkerCannotRunAndSaysWhy() {
    WarmWorker.Terms terms = new WarmWorker.Terms(32, 64, 0, 20_000, folder);
    FitQueue queue =
        new FitQueue(new FitQueue.Means(name -> List.of(), null, null, new Random(1), 1));
    try (WarmWorker worker = new WarmWorker(terms, "org.latentspace.NoSuchWorker")) {
      FitReadiness readiness = new FitReadiness(worker, queue);
      assertEquals(Status.UP, readiness.call().getStatus(), "nobody has asked for a fit");
      assertThrows(FitFault.class, () -> worker.fit(Lessons.random(4, 1), Lessons.PATIENT));
      HealthCheckResponse down = readiness.call();
      assertEquals(Status.DOWN, down.getStatus());
      String why = down.getData().orElseThrow().get("worker").toString();
      assertTrue(why.contains("NoSuchWorker"), why);
    }
  }

  @Test
  void aSettingOutOfItsRangeIsNamed() {
    FitConfig.Fit usual = TestConfig.in("x").fit();
    FitStart.check(usual);
    for (String[] wrong :
        new String[][] {
          {"warmAfterMs", "fit.warm-after-ms", "-1"},
          {"heapMb", "fit.heap-mb", "31"},
          {"nativeMb", "fit.native-mb", "63"},
          {"nice", "fit.nice", "20"},
          {"waiting", "fit.waiting", "0"},
          {"patienceMs", "fit.patience-ms", "999"}
        }) {
      StartMistake mistake =
          assertThrows(StartMistake.class, () -> FitStart.check(with(usual, wrong)));
      assertTrue(
          mistake.getMessage().startsWith("training-service." + wrong[1] + "=" + wrong[2]),
          mistake.getMessage());
    }
  }

  private static FitConfig.Fit with(FitConfig.Fit usual, String[] wrong) {
    return (FitConfig.Fit)
        Proxy.newProxyInstance(
            FitReadinessTest.class.getClassLoader(),
            new Class<?>[] {FitConfig.Fit.class},
            (proxy, method, arguments) ->
                method.getName().equals(wrong[0])
                    ? (Object) Integer.parseInt(wrong[2])
                    : method.invoke(usual));
  }
}
