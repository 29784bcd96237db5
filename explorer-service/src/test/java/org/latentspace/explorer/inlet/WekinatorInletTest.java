package org.latentspace.explorer.inlet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.explorer.ExplorerConfig;
import org.latentspace.wire.StartMistake;

class WekinatorInletTest {
  private static final String PREFIX = "explorer-service.wekinator.";

  @ParameterizedTest
  @CsvSource({
    "in-port, 0, must be 1..65535",
    "out-port, 70000, must be 1..65535",
    "performer, no name, must be 1..64 characters",
    "out-port, 12000, must be another than in-port"
  })
  void aMistakeIsOneLineThatNamesKeyValueAndWhatIsRight(String key, String value, String right) {
    StartMistake mistake =
        assertThrows(
            StartMistake.class,
            () -> check(Map.of(PREFIX + key, value, PREFIX + "enabled", "true")));
    assertEquals(PREFIX + key + "=" + value + ": ", mistake.getMessage().split("must")[0]);
    assertTrue(mistake.getMessage().contains(right), mistake.getMessage());
    assertEquals(1, mistake.getMessage().lines().count());
  }

  @Test
  void theDefaultsAreThePortsOfWekinator() {
    assertDoesNotThrow(() -> check(Map.of(PREFIX + "enabled", "true")));
    ExplorerConfig.Wekinator ports = config(Map.of()).wekinator();
    assertEquals(12_000, ports.inPort());
    assertEquals(6448, ports.outPort());
    assertEquals(false, ports.enabled());
  }

  private static void check(Map<String, String> settings) {
    new WekinatorInlet().check(config(settings).wekinator());
  }

  private static ExplorerConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(ExplorerConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build()
        .getConfigMapping(ExplorerConfig.class);
  }
}
