package org.latentspace.explorer.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Kind;
import org.latentspace.installation.Action.Target;
import org.latentspace.installation.ControlPart;
import org.latentspace.installation.MidiKey;

class ParameterTest {
  private static Parameter ann(Action action) {
    return new Parameter(action, Target.PERFORMER, "ann");
  }

  private static ControlPart part(Action action, String to) {
    MidiKey key = new MidiKey(true, 1, 0);
    return new ControlPart(
        "pads", key, "", action, Target.PERFORMER, "ann", to, 0.1, 4, false, 500, key);
  }

  @Test
  void everyParameterIsFoundAtItsOwnAddress() {
    Set<String> addresses = new HashSet<>();
    int all = 0;
    for (Target target : Target.values()) {
      String name = target == Target.SONG ? "" : "one_1";
      for (Parameter parameter : Parameter.all(target, List.of(name))) {
        assertEquals(parameter, Parameter.at(parameter.address()));
        addresses.add(parameter.address());
        all++;
      }
    }
    assertEquals(all, addresses.size());
    assertTrue(addresses.contains("/lse/tempo"));
    assertTrue(addresses.contains("/lse/performer/one_1/threshold-shift"));
    assertTrue(addresses.contains("/lse/robot/one_1/mute"));
    assertTrue(addresses.contains("/lse/ensemble/one_1/solo"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lse",
        "/lse/",
        "/lse/tempi",
        "/lse/tempo/",
        "/lse/ann/tempo",
        "/lse/performer/ann/tempo",
        "/lse/performer/a n/mode",
        "/lse/performer//mode",
        "/lse/robot/kick/shuffle",
        "/lse/mute",
        "/"
      })
  void whatIsNoAddressIsToldWhatIs(String address) {
    String why =
        assertThrows(IllegalArgumentException.class, () -> Parameter.at(address)).getMessage();
    assertTrue(why.startsWith("must be /lse/ACTION of the song, or /lse/performer"), why);
  }

  @Test
  void valuesAreTakenAsTheKindHasThem() {
    Parameter tempo = new Parameter(Action.TEMPO, Target.SONG, "");
    assertEquals(96.1, tempo.checked(96.1f));
    assertEquals(20.0, tempo.checked(20));
    assertEquals(true, ann(Action.SAMPLING).checked(1));
    assertEquals(false, ann(Action.SAMPLING).checked(0f));
    assertEquals(true, ann(Action.HOLD).checked(true));
    assertEquals("select", ann(Action.MODE).checked("select"));
    assertEquals("a-1", ann(Action.PRESET).checked("a-1"));
    assertNull(ann(Action.UNDO).checked("whatever"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TEMPERATURE | 4.1 | temperature=4.1: must be 0.1..4",
        "TEMPERATURE | NaN | temperature=NaN: must be 0.1..4",
        "REST_MS | -1 | rest-ms=-1.0: must be 0..10000",
        "SAMPLING | 2 | sampling=2.0: must be true, false, 1 or 0",
        "MODE | 1 | mode=1.0: must be one of [predict, select]",
        "PRESET | 1 | preset=1.0: must be 1..64 characters",
      })
  void whatIsOutOfRangeIsNamedWithItsRange(Action action, double value, String saying) {
    IllegalArgumentException why =
        assertThrows(IllegalArgumentException.class, () -> ann(action).checked(value));
    assertTrue(why.getMessage().startsWith(saying), why.getMessage());
  }

  @Test
  void nothingAndATextAreNoNumber() {
    for (Object wrong : new Object[] {null, "90", true}) {
      assertThrows(
          IllegalArgumentException.class, () -> ann(Action.AUTONOMY).checked(wrong), "" + wrong);
    }
    assertThrows(IllegalArgumentException.class, () -> ann(Action.SAMPLING).checked(null));
    assertThrows(IllegalArgumentException.class, () -> ann(Action.BOUNDS).checked("clmp"));
  }

  @Test
  void aPressTurnsASwitchOverAndGoesThroughAllChoices() {
    assertEquals(true, ann(Action.SAMPLING).next(false));
    assertEquals(false, ann(Action.SAMPLING).next(true));
    assertEquals(true, ann(Action.SAMPLING).next(null));
    assertEquals("reflect", ann(Action.BOUNDS).next("clamp"));
    assertEquals("clamp", ann(Action.BOUNDS).next("wrap"));
    assertEquals("clamp", ann(Action.BOUNDS).next(null));
  }

  @Test
  void aLampShowsTheTravelTheChoiceOrWhatIsOn() {
    assertEquals(0, Parameter.lamp(part(Action.TEMPERATURE, ""), 0.1, false));
    assertEquals(32, Parameter.lamp(part(Action.TEMPERATURE, ""), 1.075, false));
    assertEquals(127, Parameter.lamp(part(Action.TEMPERATURE, ""), 4.0, false));
    assertEquals(0, Parameter.lamp(part(Action.TEMPERATURE, ""), null, false));
    assertEquals(127, Parameter.lamp(part(Action.TEMPERATURE, "2"), 2.0, false));
    assertEquals(0, Parameter.lamp(part(Action.TEMPERATURE, "2"), 2.1, false));
    assertEquals(127, Parameter.lamp(part(Action.SAMPLING, ""), true, false));
    assertEquals(127, Parameter.lamp(part(Action.SAMPLING, "false"), false, false));
    assertEquals(127, Parameter.lamp(part(Action.MODE, ""), "select", false));
    assertEquals(0, Parameter.lamp(part(Action.MODE, ""), "predict", false));
    assertEquals(127, Parameter.lamp(part(Action.PRESET, "a"), "a", false));
    assertEquals(127, Parameter.lamp(part(Action.HOLD, ""), null, true));
    assertEquals(0, Parameter.lamp(part(Action.UNDO, ""), null, false));
  }

  @Test
  void everyNumberHasARangeAndEveryChoiceWords() {
    for (Action action : Action.values()) {
      assertEquals(action.kind() == Kind.CHOICE, !action.choices().isEmpty(), action.word());
      assertTrue(action.least() < action.most(), action.word());
      assertEquals(action, Action.of(action.word()));
    }
  }
}
