package org.latentspace.feature.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.feature.FeatureConfig;
import org.latentspace.feature.dsp.AttackDetector;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.PitchDetector;
import org.latentspace.feature.senses.Senses;
import org.latentspace.installation.Installation;
import org.latentspace.installation.InstallationFile;
import org.latentspace.wire.StartMistake;

class ListenerSetupTest {
  @TempDir Path folder;

  @Test
  void theDefaultsAreTheStandardEar() {
    assertEquals(FeatureSettings.standard(), setup(Map.of()).of("anyone"));
  }

  @ParameterizedTest
  @CsvSource({
    "fft, 1000",
    "fft, 32",
    "hop, 8",
    "hop, 2000",
    "pitch-window, 3000",
    "rate-hz, 7999",
    "rms-window-ms, -1",
    "onset-threshold-db, 0",
    "a4-hz, 300",
    "silence.close-dbfs, 1",
    "silence.open-dbfs, -60",
    "silence.hold-ms, -5",
    "smoothing.spectrum-ms, 20000",
    "memory.notes, 1",
    "memory.onsets, 65",
    "memory.oldest-seconds, 0",
    "memory.decay-seconds, 0",
    "max-performers, 0",
    "explorer-service.port, 70000",
    "performers.ada.a4-hz, 1000",
    "performers.ada.open-dbfs, 3",
    "osc.port, 65536",
    "pitch, autotune",
    "onsets, loud",
    "performers.ada.pitch, YIN",
    "performers.ada.onsets, wavelet"
  })
  void aValueOutOfRangeIsOneLineThatNamesKeyValueAndRange(String key, String value) {
    StartMistake mistake =
        assertThrows(StartMistake.class, () -> setup(Map.of("feature-service." + key, value)));
    String line = mistake.getMessage();
    assertTrue(line.startsWith("feature-service." + key + "=" + value + ": must be "), line);
    assertEquals(1, line.lines().count());
  }

  @Test
  void aPerformerMayDifferFromTheOthers() {
    ListenerSetup setup =
        setup(
            Map.of(
                "feature-service.performers.ada.a4-hz", "415",
                "feature-service.performers.ada.onset-threshold-db", "12",
                "feature-service.performers.ada.open-dbfs", "-40",
                "feature-service.performers.ada.pitch", "yin",
                "feature-service.performers.ada.onsets", "percussive",
                "feature-service.performers.ada.range-low", "0,0,0,500,500,0,0,500,-40,0",
                "feature-service.performers.ada.range-high", "24,9,1,3000,3000,9,90,9000,0,50"));
    FeatureSettings ada = setup.of("ada");
    assertEquals(415, ada.tuning().a4Hz());
    assertEquals(12, ada.tuning().onsetThresholdDb());
    assertEquals(-40, ada.gate().openDbfs());
    assertEquals(
        new FeatureSettings.Detectors(PitchDetector.Method.YIN, AttackDetector.Method.PERCUSSIVE),
        ada.detectors());
    assertEquals("auto-0", ada.range().name());
    assertEquals("lse", setup.of("bob").range().name());
    assertEquals(FeatureSettings.standard(), setup.of("bob"));
  }

  @Test
  void whatIsSaidForAllHoldsForThoseOfWhomNothingElseIsSaid() {
    ListenerSetup setup =
        setup(
            Map.of(
                "feature-service.pitch", "wavelet",
                "feature-service.onsets", "percussive",
                "feature-service.performers.ada.pitch", "mpm"));
    assertEquals(
        new FeatureSettings.Detectors(PitchDetector.Method.MPM, AttackDetector.Method.PERCUSSIVE),
        setup.of("ada").detectors());
    assertEquals(
        new FeatureSettings.Detectors(
            PitchDetector.Method.WAVELET, AttackDetector.Method.PERCUSSIVE),
        setup.of("bob").detectors());
  }

  @Test
  void anEmptyRangeIsAMistakeThatNamesItsKey() {
    StartMistake mistake =
        assertThrows(
            StartMistake.class,
            () -> setup(Map.of("feature-service.performers.ada.range-low", "1,2,3")));
    assertTrue(mistake.getMessage().contains("performers.ada.range-low"), mistake.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1,2;3", "2;1", "0;x1e40"})
  void aSensesRangeThatCannotBeIsAMistakeThatNamesItsKey(String low, String high) {
    StartMistake mistake =
        assertThrows(
            StartMistake.class,
            () ->
                setup(
                    Map.of(
                        "feature-service.senses.eeg.low",
                        low,
                        "feature-service.senses.eeg.high",
                        high.replace("x", ""))));
    assertTrue(
        mistake.getMessage().startsWith("feature-service.senses.eeg.low="), mistake.getMessage());
  }

  @Test
  void aSenseOfTheInstallationStandsThereAlone() throws Exception {
    Path file = folder.resolve("installation.yaml");
    Files.writeString(file, "senses:\n  pose: {low: [0, -1], high: [640, 1]}\n");
    Installation installation = InstallationFile.atStart(file::toString);
    Senses senses = setup(Map.of(), installation).senses();
    assertNull(senses.feel("ann", "pose", new float[] {320, 0}, 0));
    assertEquals(640, senses.of("ann")[0].high(0));
    assertEquals(-1, senses.of("ann")[0].low(1));
    StartMistake twice =
        assertThrows(
            StartMistake.class,
            () -> setup(Map.of("feature-service.senses.pose.low", "0"), installation));
    assertEquals(
        "feature-service.senses.pose: must be left out, as the installation's file has senses.pose",
        twice.getMessage());
  }

  private static ListenerSetup setup(Map<String, String> settings) {
    return setup(settings, Installation.NONE);
  }

  private static ListenerSetup setup(Map<String, String> settings, Installation installation) {
    return new ListenerSetup(
        new SmallRyeConfigBuilder()
            .withMapping(FeatureConfig.class)
            .withSources(new PropertiesConfigSource(new HashMap<>(settings), "test", 100))
            .build()
            .getConfigMapping(FeatureConfig.class),
        installation);
  }
}
