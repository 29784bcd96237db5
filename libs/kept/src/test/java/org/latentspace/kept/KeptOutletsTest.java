package org.latentspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.wire.StartMistake;

/** The configuration opens what it says, and its mistakes stop the start. */
class KeptOutletsTest {
  @TempDir private Path folder;

  private static KeptConfig config(Map<String, String> keys, Map<String, String> environment) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(KeptConfig.class)
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(keys, "test", 100))
            .withSources(new EnvConfigSource(environment, 300))
            .build();
    return config.getConfigMapping(KeptConfig.class);
  }

  private static KeptOutlets outlets(Map<String, String> keys) {
    return new KeptOutlets(config(keys, Map.of()), List.of(new SimpleMeterRegistry()));
  }

  @Test
  void withoutAnyKeyThisMachinesDiskKeepsEverything() {
    KeptConfig config = config(Map.of(), Map.of());
    assertTrue(config.bootstrapServers().isEmpty());
    assertEquals("data/kept", config.dir());
    assertEquals(256, config.spoolMb());
    assertTrue(config(Map.of(), Map.of("KEPT_BOOTSTRAP_SERVERS", "")).bootstrapServers().isEmpty());
  }

  @Test
  void kafkasOwnKeysPassThroughAsPropertiesAndAsVariables() {
    assertEquals(
        Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"),
        config(
                Map.of("kept.kafka.security.protocol", "SASL_SSL"),
                Map.of("KEPT_KAFKA_SASL_MECHANISM", "PLAIN"))
            .kafka());
  }

  @ParameterizedTest
  @CsvSource({
    "kept.spool-mb, 0, 1..65536",
    "kept.spool-mb, 65537, 1..65536",
    "kept.bootstrap-servers, kafka, HOST:PORT",
    "kept.bootstrap-servers, kafka:0, HOST:PORT",
    "kept.bootstrap-servers, kafka:66000, HOST:PORT",
    "kept.bootstrap-servers, ':9092', HOST:PORT",
    "kept.bootstrap-servers, 'a:9092,,b:9092', HOST:PORT"
  })
  void aMistakeNamesTheKeyTheValueAndWhatWouldBeRight(String key, String value, String right) {
    StartMistake mistake = null;
    try {
      outlets(Map.of(key, value)).check(null);
    } catch (StartMistake e) {
      mistake = e;
    }
    assertTrue(
        mistake != null && mistake.getMessage().startsWith(key + "=" + value + ": must be "));
    assertTrue(mistake.getMessage().contains(right), mistake.getMessage());
  }

  @Test
  void outletsOfOneTopicAreOneAndReadinessShowsThem() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Map<String, String> keys = Map.of("kept.dir", folder.toString());
    KeptOutlets outlets = new KeptOutlets(config(keys, Map.of()), List.of(registry));
    outlets.check(null);
    KeptReadiness readiness = new KeptReadiness();
    readiness.outlets = outlets;
    assertTrue(readiness.call().getData().isEmpty(), "nothing is opened that nobody needs");
    assertEquals(0, folder.toFile().list().length);

    KeptOutlet outlet = outlets.open(Topic.RECORDED_RHYTHMS);
    assertSame(outlet, outlets.open(Topic.RECORDED_RHYTHMS));
    outlet.keep("k", Heard.bytes("v")).toCompletableFuture().get(20, TimeUnit.SECONDS);
    until("nothing waits", 20, () -> outlet.waiting() == 0);
    assertEquals(
        1,
        registry
            .get("kept.values.kept")
            .tag("topic", "recorded-rhythms")
            .functionCounter()
            .count());
    HealthCheckResponse response = readiness.call();
    assertEquals(HealthCheckResponse.Status.UP, response.getStatus());
    assertEquals(
        Map.of("recorded-rhythms", "ok", "recorded-rhythms waiting", 0L, "log", "ok"),
        response.getData().orElseThrow());
    outlets.close();
    outlets.close();
  }

  @Test
  void aBrokerThatIsAwayLeavesTheServiceReady() throws Exception {
    KeptOutlets outlets =
        outlets(Map.of("kept.dir", folder.toString(), "kept.bootstrap-servers", "127.0.0.1:1"));
    outlets.check(null);
    KeptOutlet outlet = outlets.open(Topic.TRAINING_PAIRS);
    outlet.keep("k", Heard.bytes("v")).toCompletableFuture().get(20, TimeUnit.SECONDS);
    until("it says what is wrong", 20, () -> outlet.status().contains("127.0.0.1:1"));
    KeptReadiness readiness = new KeptReadiness();
    readiness.outlets = outlets;
    HealthCheckResponse response = readiness.call();
    assertEquals(HealthCheckResponse.Status.UP, response.getStatus());
    assertEquals(1L, response.getData().orElseThrow().get("training-pairs waiting"));
    outlets.close();
  }
}
