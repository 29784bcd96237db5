package org.latentspace.midi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.midi.outlet.OpenPorts;
import org.latentspace.midi.outlet.Ports;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.midi.time.Ensembles;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.wire.StartMistake;

/** Settings and readiness, without a boot. */
class MidiStartTest {
  private static MidiStart with(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("midi-gateway." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new MidiStart(
        new SmallRyeConfigBuilder()
            .withMapping(MidiConfig.class)
            .withSources(new PropertiesConfigSource(values, "test", 100))
            .build()
            .getConfigMapping(MidiConfig.class));
  }

  @ParameterizedTest
  @CsvSource({
    "bpm,19,20..300",
    "bpm,301,20..300",
    "bpm,NaN,20..300",
    "shuffle,1.5,0..1",
    "nudge-ms,501,-500..500",
    "gate-ms,0,1..2000",
    "spin-us,-1,0..2000",
    "step-division,3,'1, 2 or 4'",
    "take-over,never,cell or beat or bar",
    "ensemble,../etc,1..64 characters of [A-Za-z0-9_-]",
    "start,later,at-first-rhythm or at-start",
    "voices.kick.note,128,0..127",
    "voices.gong.channel,3,0..127",
    "voices.kick.channel,17,1..16"
  })
  void aWrongSettingEndsTheStartWithItsKeyItsValueAndWhatIsRight(
      String key, String value, String right) {
    StartMistake mistake = assertThrows(StartMistake.class, () -> with(key, value));
    assertTrue(mistake.getMessage().startsWith("midi-gateway."), mistake.getMessage());
    assertTrue(mistake.getMessage().endsWith("must be " + right), mistake.getMessage());
  }

  @Test
  void voicesOfAnInstallationStandBesideGeneralMidi() {
    VoiceMap voices = with("voices.gong.note", "60", "voices.kick.channel", "1").voices();
    assertEquals(new VoiceMap.Key(9, 60), voices.key("gong"));
    assertEquals(new VoiceMap.Key(0, 36), voices.key("kick"));
    assertEquals(new VoiceMap.Key(9, 38), voices.key("snare"));
    assertEquals(null, voices.key("spoon"));
  }

  @Test
  void isReadyOnlyWhileTheTimingThreadTurnsAndAPortIsFair() {
    try (Ports ports = OpenPorts.of(List.of("none:"), false);
        Ports absent = OpenPorts.of(List.of("midi:no such device"), false);
        Performance performance = new Performance(Ensembles.at(120, TakeOver.BAR, 0, 0), ports)) {
      assertEquals(
          Status.DOWN,
          MidiReadiness.response(performance.timing(), ports, "ok", "ok").getStatus(),
          "no thread");
      performance.start();
      assertEquals(
          Status.UP, MidiReadiness.response(performance.timing(), ports, "ok", "ok").getStatus());
      String room = "no room for performer ann";
      assertEquals(
          Status.DOWN, MidiReadiness.response(performance.timing(), ports, room, "ok").getStatus());
      assertEquals(
          Status.DOWN,
          MidiReadiness.response(performance.timing(), absent, "ok", "ok").getStatus(),
          "no port");
      performance.close();
      assertEquals(
          Status.DOWN,
          MidiReadiness.response(performance.timing(), ports, "ok", "ok").getStatus(),
          "ended");
    }
  }
}
