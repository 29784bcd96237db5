package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.wire.StartMistake;

class TrainingStartTest {
  @ParameterizedTest
  @CsvSource({
    "worker-threads, 0",
    "parallel-jobs, 5",
    "queued-jobs, 0",
    "resumable-jobs, -1",
    "cancel-ms, 99",
    "checkpoint-epochs, 0",
    "fit.nice, 20",
    "fit.waiting, 0",
    "policy.new-bars, -1",
    "policy.preset, louder",
    "policy.model, No!",
    "most-pieces, 0",
    "most-notes, 999",
    "min-onsets, -1",
    "import-dir, ' '",
  })
  void aSettingOutOfItsRangeStopsTheStartWithKeyAndValue(String key, String value) {
    TrainingConfig wrong = config("training-service." + key, value);
    StartMistake mistake = assertThrows(StartMistake.class, () -> TrainingStart.check(wrong));
    String words = "training-service." + key + "=" + value + ":";
    assertTrue(mistake.getMessage().startsWith(words), mistake.getMessage());
  }

  private static TrainingConfig config(String key, String value) {
    return new SmallRyeConfigBuilder()
        .withMapping(TrainingConfig.class)
        .withSources(new PropertiesConfigSource(Map.of(key, value), "test", 500))
        .build()
        .getConfigMapping(TrainingConfig.class);
  }
}
