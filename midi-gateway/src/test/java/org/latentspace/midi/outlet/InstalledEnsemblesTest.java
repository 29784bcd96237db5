package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.installation.InstallationFault;
import org.latentspace.installation.InstallationFile;
import org.latentspace.midi.MidiConfig;
import org.latentspace.midi.rhythm.Rhythms;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.ClockControl;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.Outputs.PortState;
import org.latentspace.midi.time.Transport.TakeOver;

/** From an installation's file to ensembles with robots and open ports. */
class InstalledEnsemblesTest {
  private static final Path EXAMPLE =
      Path.of("").toAbsolutePath().resolveSibling("docs/reference/installation-example.yaml");

  @TempDir Path folder;

  private final Ports ports = new Ports(false, 0);
  private String clockOut = "";

  @AfterEach
  void close() {
    ports.close();
  }

  private InstalledEnsembles installed(Path file) {
    MidiConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MidiConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("midi-gateway.outputs", "none:", "midi-gateway.clock.out", clockOut),
                    "test",
                    100))
            .build()
            .getConfigMapping(MidiConfig.class);
    EnsembleStyle style = new EnsembleStyle(TakeOver.CELL, 0.5f, 7, false, false);
    return new InstalledEnsembles(
        config,
        Rhythms.GENERAL_MIDI,
        style,
        ports,
        () -> InstallationFile.read(() -> file.toString()),
        robot -> robot);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("installation.yaml"), text);
  }

  private List<String> addresses() {
    return ports.states().stream().map(PortState::address).toList();
  }

  @Test
  void theDocumentedExampleIsTwoEnsemblesOfSixRobots() throws Exception {
    // The file that one of its ports writes belongs into this test's folder.
    String text = Files.readString(EXAMPLE).replace("take.mid", folder + "/take.mid");
    List<EnsembleSetup> setups = installed(file(text)).atStart().ensembles();
    assertEquals(List.of("wood", "metal"), setups.stream().map(EnsembleSetup::name).toList());
    EnsembleSetup wood = setups.get(0);
    assertEquals(6, wood.robots().robots().size());
    assertEquals(155_000_000, wood.robots().aheadNanos(), "the second kick: 35 + 120 ms");
    assertEquals(2, wood.robots().strikers("kick").length);
    assertEquals(new EnsembleStyle(TakeOver.BAR, 0.5f, 0, false, false), wood.style());
    EnsembleSetup metal = setups.get(1);
    assertEquals(Lead.MEAN, metal.lead());
    assertEquals(2, metal.division());
    assertEquals(7, metal.style().nudgeNanos(), "as the settings say");
    Robot kick = wood.robots().robots().get(0);
    assertEquals(2, Long.bitCount(kick.ports()));
    assertEquals(20_000_000, kick.gateNanos());
    assertTrue(wood.robots().robots().get(5).isSilent());
    assertEquals(3, addresses().size(), "outputs that nobody needs stay closed: " + addresses());
  }

  @Test
  void withoutAFileOneEnsembleStrikesGeneralMidi() throws Exception {
    EnsembleSetup only = installed(file("")).atStart().ensembles().get(0);
    assertEquals("ensemble", only.name());
    assertEquals(0, only.robots().aheadNanos());
    assertEquals(0x992640, only.robots().strikers("snare")[0].noteOn(64 / 127f));
    assertEquals(0, only.robots().strikers("spoon").length);
    assertEquals(List.of("none:"), addresses());
  }

  @Test
  void aRobotThatStaysKeepsItsHistoryAndPortsComeAndGo() throws Exception {
    Path file = file("robots: {a: {voices: [kick], note: 1}}\n");
    InstalledEnsembles installed = installed(file);
    Robot before = installed.atStart().ensembles().get(0).robots().robots().get(0);
    String take = folder.resolve("take.mid").toString();
    file(
        """
        ports: {take: "file:%s"}
        robots: {a: {voices: [snare], note: 2, ports: [take], duty: {strokes: 3, per-seconds: 1}}}
        """
            .formatted(take));
    InstalledEnsembles.Setup setup = installed.read();
    RobotSet after = setup.ensembles().get(0).robots();
    assertSame(before.history(), after.robots().get(0).history());
    assertEquals(List.of("none:", "file:" + take), addresses());
    ports.keep(setup.ports());
    assertEquals(List.of("file:" + take), addresses());
  }

  @Test
  void aPortIsNudgedAsIfItsRobotsWereFasterAndItsClockIsToo() throws Exception {
    clockOut = "left,midi:another";
    InstalledEnsembles installed =
        installed(
            file(
                """
                ports:
                  left: {address: "midi:no such device", nudge-ms: -3}
                  right: {address: "midi:nor this", nudge-ms: 4}
                robots:
                  a: {voices: [kick], note: 1, ports: [left], latency-ms: 20}
                  b: {voices: [kick], note: 2, ports: [right], latency-ms: 20}
                """));
    InstalledEnsembles.Setup setup = installed.atStart();
    RobotSet robots = setup.ensembles().get(0).robots();
    assertEquals(23_000_000, robots.strikers("kick")[0].latencyNanos(64));
    assertEquals(16_000_000, robots.strikers("kick")[1].latencyNanos(64));
    assertEquals(
        List.of(-3_000_000L, 0L),
        setup.clock().stream().map(ClockControl.Listener::nudgeNanos).toList());
    assertTrue(addresses().contains("midi:another"));
    file(
        """
        ports: {one: {address: "midi:a", nudge-ms: 1}, two: "midi:b"}
        robots: {a: {voices: [kick], note: 1, ports: [one, two]}}
        """);
    InstallationFault fault = assertThrows(InstallationFault.class, installed::read);
    assertTrue(fault.getMessage().endsWith("must be ports with one nudge-ms"), fault.getMessage());
  }

  @Test
  void whatAPortSendsAheadLeavesSoMuchEarlierAndItsNudgeStays() throws Exception {
    InstalledEnsembles installed =
        installed(
            file(
                """
                ports: {net: {address: "none:", nudge-ms: 5}}
                robots: {a: {voices: [kick], note: 1, ports: [net], latency-ms: 10}}
                """));
    assertEquals(5_000_000, ahead(installed.atStart()));
    String address = "rtp://127.0.0.1:5004?lead-ms=20";
    InstalledEnsembles.Setup ahead = installed.change(now -> now.withPort("net", address));
    assertEquals(25_000_000, ahead(ahead));
    installed.take(ahead);
    assertThrows(
        NoSuchElementException.class,
        () -> installed.change(now -> now.withPort("other", "none:")));
    assertThrows(
        NoSuchElementException.class,
        () -> installed.change(now -> now.withRobotPorts("a", List.of("other"))));
    assertThrows(
        InstallationFault.class, () -> installed.change(now -> now.withOutputs(List.of())));
    assertThrows(
        InstallationFault.class,
        () -> installed.change(now -> now.withOutputs(List.of("none:", "x:"))));
    assertEquals(List.of("none:", address), addresses());
    assertEquals(10_000_000, ahead(installed.change(now -> now.withRobotPorts("a", List.of()))));
  }

  private static long ahead(InstalledEnsembles.Setup setup) {
    return setup.ensembles().get(0).robots().aheadNanos();
  }

  @Test
  void aPortThatCannotBeOpenedChangesNothing() throws Exception {
    InstalledEnsembles installed = installed(file(""));
    installed.atStart();
    file(
        """
        ports: {one: "file:%s", two: "file:%s/missing/x.mid"}
        robots: {a: {voices: [kick], note: 1, ports: [one, two]}}
        """
            .formatted(folder.resolve("one.mid"), folder));
    InstallationFault fault = assertThrows(InstallationFault.class, installed::read);
    assertTrue(fault.getMessage().contains("ports.two=file:"), fault.getMessage());
    assertFalse(fault.getMessage().contains("ports.one"), fault.getMessage());
    assertEquals(List.of("none:"), addresses());
  }
}
