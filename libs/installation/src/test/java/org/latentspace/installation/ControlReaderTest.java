package org.latentspace.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.installation.Action.Target;

/** The section of controls. */
class ControlReaderTest {
  static final String CONTROLS =
      """
      # The stage.
      controls:
        - performer: sax
          midi-in: "nanoPAD"
          on: {note: 36, channel: 10}
          does: hold
          feedback: {note: 37}
        - {performer: sax, midi-in: FCB, on: {controller: 64}, does: add, mean-ms: 1500}
        - {midi-in: NANO, on: {controller: 7, channel: 1}, does: tempo, range: [180, 60]}
        - {osc: /room/panic, does: panic}
        - {osc: /room/hand, does: mode, performer: sax, to: select}
        - {midi-in: FCB, on: {note: 1}, does: mute, robot: kick, to: true}
        - {midi-in: FCB, on: {note: 2}, does: solo}
      """;

  @TempDir Path folder;

  private Installation read(String text) throws IOException, InstallationFault {
    return InstallationFile.read(Files.writeString(folder.resolve("installation.yaml"), text));
  }

  private List<String> mistakes(String text) {
    return assertThrows(InstallationFault.class, () -> read(text)).lines();
  }

  private static String replaced(String text, String right, String wrong) {
    assertTrue(text.contains(right), right);
    return text.replaceFirst(Pattern.quote(right), wrong);
  }

  private static final MidiKey ANY = new MidiKey(false, 64, 0);

  @Test
  void readsControls() throws Exception {
    List<ControlPart> controls = read(CONTROLS).controls();
    assertEquals(
        new ControlPart(
            "nanoPAD",
            new MidiKey(true, 36, 10),
            "",
            Action.HOLD,
            Target.PERFORMER,
            "sax",
            "",
            0,
            1,
            false,
            500,
            new MidiKey(true, 37, 0)),
        controls.get(0));
    assertEquals(ANY, controls.get(1).key());
    assertEquals(1500, controls.get(1).meanMs());
    ControlPart tempo = controls.get(2);
    assertEquals(180, tempo.number(0));
    assertEquals(90, tempo.number(.75));
    assertEquals(.75, tempo.travel(90), 1e-12);
    assertEquals(1, tempo.travel(20));
    assertEquals("/room/panic", controls.get(3).source());
    assertEquals(Target.SONG, controls.get(3).target());
    assertEquals("select", controls.get(4).to());
    assertEquals(Target.ROBOT, controls.get(5).target());
    assertEquals("kick", controls.get(5).name());
    assertEquals("true", controls.get(5).to());
    assertEquals(Target.ENSEMBLE, controls.get(6).target());
    assertEquals("", controls.get(6).name(), "the first one");
    assertEquals(Installation.NONE, read("# nothing yet\n"));
    assertEquals(Installation.NONE, read("controls:\n"));
  }

  @Test
  void aPadSaysHowMuch() throws Exception {
    String pad = "controls:\n- {midi-in: FCB, on: {note: 9}, does: keep-heard, to: 4}\n";
    assertEquals("4.0", read(pad).controls().get(0).to());
    assertTrue(mistakes(pad.replace(", to: 4", "")).get(0).endsWith("to is missing: must be set"));
  }

  @Test
  void whatThereIsOnlyOneOfNeedNotBeNamed() throws Exception {
    String controls = "controls:\n- {osc: /a, does: undo}\n- {osc: /b, does: mute}\n";
    assertTrue(mistakes(controls).get(0).endsWith("controls[0].performer is missing: must be set"));
    List<ControlPart> named =
        read("performers: [sax]\nensembles: {wood: }\n" + controls).controls();
    assertEquals(List.of("sax", "wood"), named.stream().map(ControlPart::name).toList());
    String two = "performers: [sax]\nensembles: {wood: , metal: }\n" + controls;
    assertTrue(mistakes(two).get(0).endsWith("controls[1].ensemble is missing: must be set"));
  }

  @Test
  void aKeyIsDownAsLongAsItIsPressed() {
    MidiKey note = new MidiKey(true, 36, 1);
    assertEquals(90, note.hear(0x90, 36, 90));
    assertEquals(0, note.hear(0x80, 36, 90));
    assertEquals(MidiKey.OTHER, note.hear(0x91, 36, 90));
    assertEquals(MidiKey.OTHER, note.hear(0xb0, 36, 90));
    assertEquals(63, ANY.hear(0xb8, 64, 63));
    assertFalse(ANY.isDown(63));
    assertTrue(ANY.isDown(64));
    assertEquals(note, MidiKey.of(0x80, 36));
    assertNull(MidiKey.of(0xe0, 36));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "controls: | contrôls: | contrôls: no such key: must be one of performers, ensembles",
        "controls: | teaching: | teaching: is called controls; does: select is does: mode",
        "does: hold | doez: hold | controls[0].doez: no such key: must be one of midi-in, on, osc",
        "does: hold | does: holt | controls[0].does=\"holt\": must be one of play, tempo, tap",
        "range: [180, 60] | range: [180] | controls[2].range=[180]: must be [low, high]",
        "range: [180, 60] | range: [180, 6] | controls[2].range[1]=6: must be 20..300",
        "'does: hold\n' | 'does: hold\n    range: [0, 1]\n' | controls[0].range=[0,1]: must be only"
            + " where a number",
        "/room/panic | room | controls[3].osc=\"room\": must be an OSC address such as /room/1",
        "/room/panic | '/room/*' | controls[3].osc=\"/room/*\": must be an OSC address",
        "'osc: /room/panic' | 'osc: /room/panic, midi-in: x' | controls[3].osc=\"/room/panic\":"
            + " must be alone",
        "does: panic | 'does: panic, robot: kick' | controls[3].robot=\"kick\": must be left out",
        "does: panic | 'does: panic, to: 1' | controls[3].to=1: must be left out where does is",
        "to: select | to: selekt | controls[4].to=\"selekt\": must be one of predict, select",
        "to: true | to: 3 | controls[5].to=3: must be true or false",
        "robot: kick | 'robot: kick, ensemble: wood' | controls[5].robot=\"kick\": must be the only"
            + " one of ensemble, robot",
        "note: 37 | nute: 37 | controls[0].feedback.nute: no such key",
        "does: hold | does: | controls[0].does=null: must be set",
        "note: 36 | note: 128 | controls[0].on.note=128: must be 0..127",
        "note: 36 | note: C1 | controls[0].on.note=\"C1\": must be 0..127",
        "channel: 10 | channel: 0 | controls[0].on.channel=0: must be 1..16",
        "note: 36 | note: 36, controller: 3 | must be {note: 0..127} or {controller: 0..127}",
        "{note: 36, channel: 10} | 36 | controls[0].on=36: must be keys and values",
        "performer: sax | performer: sax o phone | controls[0].performer=\"sax o phone\": must be"
            + " 1..64",
        "midi-in: \"nanoPAD\" | midi-in: \"\" | controls[0].midi-in=\"\": must be part of",
        "mean-ms: 1500 | mean-ms: 10001 | controls[1].mean-ms=10001: must be 0..10000",
        "does: hold | 'does: hold\n"
            + "    mean-ms: 5' | controls[0].mean-ms=5: must be only where does",
        "controls: | 'controls: {' | is no YAML",
        "does: hold | 'does: hold\n    does: add' | Duplicate field 'does'",
      })
  void aMistakeInAControlIsOneLineThatSaysWhatIsRight(String right, String wrong, String saying) {
    String all = String.join("\n", mistakes(replaced(CONTROLS, right, wrong)));
    assertTrue(all.contains(saying), all);
    assertTrue(all.contains("installation.yaml"), all);
  }

  @Test
  void oneControlIsReadAsItWouldStandInTheFile() throws Exception {
    Installation two = read("performers: [sax, violin]\n");
    ControlPart one =
        InstallationFile.control("{osc: /a, does: y, performer: sax, range: [1, 0]}", two);
    assertEquals(1, one.low());
    assertTrue(one.scaled());
    InstallationFault wrong =
        assertThrows(
            InstallationFault.class,
            () -> InstallationFile.control("{\"osc\":\"/a\",\"does\":\"y\"}", two));
    assertEquals(List.of("performer is missing: must be set"), wrong.lines());
    assertThrows(InstallationFault.class, () -> InstallationFile.control("{", two));
    assertThrows(InstallationFault.class, () -> InstallationFile.control("", two));
  }
}
