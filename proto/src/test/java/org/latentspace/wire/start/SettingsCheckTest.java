package org.latentspace.wire.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.wire.StartMistake;

class SettingsCheckTest {
  /** A service of the tests. */
  public interface DrumConfig {
    @WithDefault("50")
    double gateMs();

    @WithDefault("1")
    int beats();

    @WithDefault("false")
    boolean offline();

    Optional<Boolean> follow();

    @WithDefault("predict")
    String mode();

    Optional<List<Float>> range();

    Map<String, Robot> robots();

    Map<String, String> kafka();

    /** A robot. */
    interface Robot {
      @WithDefault("36")
      int note();
    }
  }

  private static final KnownKeys OWN =
      new KnownKeys().add(ConfigClass.configClass(DrumConfig.class, "drum-service"));
  private static final KnownKeys QUARKUS = new KnownKeys();

  private static SettingsCheck check(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(settings, "the test's", 400))
            .build();
    return new SettingsCheck(config, OWN);
  }

  private static String refused(Runnable check) {
    return assertThrows(StartMistake.class, check::run).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "drum-service.gatems, did you mean drum-service.gate-ms?",
    "drum-service.gate_ms, did you mean drum-service.gate-ms?",
    "drum-service.robots.left.notes, did you mean drum-service.robots.left.note?",
    "drum-service.nothing.like.it, docs/reference/configuration.md lists them"
  })
  void anUnknownKeyOfAServiceIsRefusedWhereverItIsSet(String key, String hint) {
    assertEquals(
        key + "=1: no such setting; " + hint,
        refused(() -> check(Map.of(key, "1")).refuseUnknown(Map.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "drum.mode, did you mean drum-service.mode?",
    "mode, did you mean drum-service.mode?",
    "no.such.key, docs/reference/configuration.md lists them"
  })
  void aKeyGivenByHandThatNobodyHasIsRefused(String key, String hint) {
    SettingsCheck check = check(Map.of(key, "select"));
    check.refuseUnknown(Map.of());
    assertEquals(
        key + "=select: no such setting; " + hint,
        refused(() -> check.refuseUnknown(List.of(key), QUARKUS)));
  }

  @ParameterizedTest
  @CsvSource({
    "DRUM_SERVICE_GATEMS, did you mean DRUM_SERVICE_GATE_MS?",
    "DRUM_SERVICE_ROBOTS_LEFT_NOTES, did you mean DRUM_SERVICE_ROBOTS_NAME_NOTE?"
  })
  void anUnknownVariableOfAServiceIsRefused(String variable, String hint) {
    assertEquals(
        variable + "=30: no such setting; " + hint,
        refused(() -> check(Map.of()).refuseUnknown(Map.of(variable, "30"))));
  }

  @Test
  void whatIsKnownOrNobodysBusinessIsLetPass() {
    SettingsCheck check =
        check(
            Map.of(
                "drum-service.robots.left.note",
                "37",
                "drum-service.kafka.sasl.jaas.config",
                "x",
                "drum-service.offline",
                "true",
                "some.other.program",
                "1",
                "%test.drum-service.beats",
                "2"));
    check.refuseUnknown(
        Map.of(
            "DRUM_SERVICE_GATE_MS", "30",
            "DRUM_SERVICE_ROBOTS_LEFT_NOTE", "30",
            "DRUM_SERVICE_HOST", "the neighbour's, for Compose",
            "DRUM_SERVICE_PORT_8080_TCP_ADDR", "set by Kubernetes",
            "DRUM_SERVICE_SERVICE_HOST", "set by Kubernetes",
            "DRUMS", "1"));
    check.refuseUnknown(List.of("drum-service.robots.left.note"), QUARKUS);
    check.refuseWrongTypes();
  }

  @ParameterizedTest
  @CsvSource({
    "drum-service.gate-ms, abc, must be a number",
    "drum-service.beats, 1.5, must be a whole number",
    "drum-service.offline, maybe, must be true or false",
    "drum-service.follow, maybe, must be true or false",
    "drum-service.robots.left.note, x, must be a whole number"
  })
  void aValueOfAnotherTypeIsRefused(String key, String value, String right) {
    assertEquals(
        key + "=" + value + ": " + right,
        refused(() -> check(Map.of(key, value)).refuseWrongTypes()));
  }

  @Test
  void aListWithSomethingElseInItAndANameThatIsNotThereAreRefusedWithTheKey() {
    String list = refused(() -> check(Map.of("drum-service.range", "1,x")).refuseWrongTypes());
    assertEquals("drum-service.range=1,x: must be a number", list);
    String name = refused(() -> check(Map.of("drum-service.mode", "a${b}")).refuseWrongTypes());
    assertEquals(
        "drum-service.mode=...${b}...: there is no setting of that name;"
            + " write \\${ for the letters themselves",
        name);
  }
}
