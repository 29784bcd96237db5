package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.latentspace.training.TestConfig;
import org.latentspace.wire.StartMistake;

class FitStartTest {
  @Test
  void aSettingOutOfItsRangeIsNamed() {
    FitConfig.Fit usual = TestConfig.in("x").fit();
    FitStart.check(usual);
    for (String[] wrong :
        new String[][] {
          {"nice", "fit.nice", "20"},
          {"waiting", "fit.waiting", "0"}
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
            FitStartTest.class.getClassLoader(),
            new Class<?>[] {FitConfig.Fit.class},
            (proxy, method, arguments) ->
                method.getName().equals(wrong[0])
                    ? (Object) Integer.parseInt(wrong[2])
                    : method.invoke(usual));
  }
}
