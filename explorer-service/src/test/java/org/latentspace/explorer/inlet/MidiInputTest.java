package org.latentspace.explorer.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.ShortMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.PadsProvider;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Target;
import org.latentspace.installation.ControlPart;
import org.latentspace.installation.MidiKey;

/** Controls of a MIDI input that is found, lost and found again by the machine's own means. */
class MidiInputTest {
  private static final ControlPart HOLD = control(Action.HOLD, new MidiKey(true, 36, 1), null);
  private static final ControlPart ADD = control(Action.ADD, new MidiKey(false, 64, 0), null);
  private static final ControlPart TEMPO =
      control(Action.TEMPO, new MidiKey(false, 7, 1), new MidiKey(false, 17, 2));

  private final List<String> moves = new ArrayList<>();
  private final Map<MidiKey, Integer> learned = new HashMap<>();
  private boolean learns;
  private final MidiInput.Listener listener =
      new MidiInput.Listener() {
        @Override
        public void moved(ControlPart control, MidiInput.Move move, double travel) {
          boolean turned = move == MidiInput.Move.TURNED;
          if (turned == (control == TEMPO)) {
            moves.add(control.action() + " " + (turned ? control.number(travel) : move));
          }
        }

        @Override
        public boolean learns(String device, MidiKey key, int pressed) {
          learned.put(key, pressed);
          return learns;
        }
      };
  private final MidiInput port = new MidiInput("test pads", List.of(HOLD, ADD, TEMPO), listener);

  private static ControlPart control(Action action, MidiKey key, MidiKey lamp) {
    return new ControlPart(
        "test pads", key, "", action, Target.PERFORMER, "ann", "", 20, 274, false, 500, lamp);
  }

  @AfterEach
  void end() {
    port.letGo();
    PadsProvider.plugOut();
  }

  @Test
  void anInputThatIsAwayIsTakenWhenItComesAndWhenItComesAgain() throws Exception {
    port.tend();
    assertTrue(port.status().startsWith("no MIDI input \"test pads\""), port.status());
    for (int i = 0; i < 3; i++) {
      PadsProvider.plugIn();
      port.tend();
      assertEquals("ok", port.status());
      assertEquals(i == 2 ? List.of("HOLD GONE") : List.of(), moves);
      moves.clear();
      PadsProvider.send(ShortMessage.NOTE_ON, 1, 36, 100);
      assertEquals(List.of("HOLD DOWN"), moves);
      moves.clear();
      PadsProvider.plugOut();
      if (i != 1) {
        // Else out and in again between two looks.
        port.tend();
        assertFalse(port.status().equals("ok"));
        assertEquals(List.of("HOLD GONE"), moves, "nobody holds what is that is not there");
        moves.clear();
      }
    }
  }

  @Test
  void aControlGoesDownOnceAndComesUpOnce() throws Exception {
    PadsProvider.plugIn();
    port.tend();
    int[][] messages = {
      {ShortMessage.NOTE_ON, 1, 36, 1},
      {ShortMessage.NOTE_ON, 1, 36, 90},
      {ShortMessage.NOTE_ON, 2, 36, 90},
      {ShortMessage.NOTE_ON, 1, 37, 90},
      {ShortMessage.CONTROL_CHANGE, 1, 36, 127},
      {ShortMessage.NOTE_ON, 1, 36, 0},
      {ShortMessage.NOTE_OFF, 1, 36, 0},
      {ShortMessage.CONTROL_CHANGE, 9, 64, 63},
      {ShortMessage.CONTROL_CHANGE, 9, 64, 64},
      {ShortMessage.CONTROL_CHANGE, 9, 64, 127},
      {ShortMessage.CONTROL_CHANGE, 16, 64, 0},
      {ShortMessage.PITCH_BEND, 1, 64, 127},
      {ShortMessage.NOTE_ON, 1, 36, 64},
      {ShortMessage.NOTE_OFF, 1, 36, 64},
    };
    for (int[] message : messages) {
      PadsProvider.send(message[0], message[1], message[2], message[3]);
    }
    assertEquals(
        List.of("HOLD DOWN", "HOLD UP", "ADD DOWN", "ADD UP", "HOLD DOWN", "HOLD UP"), moves);
  }

  @Test
  void aKnobTellsEveryTurnAndItsLampEveryChange() throws Exception {
    PadsProvider.plugIn();
    port.tend();
    port.show(control -> 5);
    port.show(control -> 5);
    port.show(control -> 6);
    assertEquals(List.of("b1 17 5", "b1 17 6"), PadsProvider.lamps());
    PadsProvider.send(ShortMessage.CONTROL_CHANGE, 1, 7, 0);
    PadsProvider.send(ShortMessage.CONTROL_CHANGE, 1, 7, 127);
    PadsProvider.send(ShortMessage.CONTROL_CHANGE, 2, 7, 64);
    assertEquals(List.of("TEMPO 20.0", "TEMPO 274.0"), moves);
    PadsProvider.plugOut();
    port.tend();
    port.show(control -> 6);
    assertEquals(List.of(), PadsProvider.lamps());
    PadsProvider.plugIn();
    port.tend();
    port.show(control -> 6);
    assertEquals(List.of("b1 17 6"), PadsProvider.lamps(), "a device that is back shows it");
  }

  @Test
  void whatIsLearnedMovesNothing() throws Exception {
    PadsProvider.plugIn();
    port.tend();
    learns = true;
    PadsProvider.send(ShortMessage.NOTE_ON, 1, 36, 90);
    assertEquals(Map.of(new MidiKey(true, 36, 1), 90), learned);
    assertEquals(List.of(), moves);
  }

  @Test
  void anotherInputOnTheSameDeviceHearsOnWhenOneIsLetGo() throws Exception {
    PadsProvider.plugIn();
    port.tend();
    MidiInput other = new MidiInput("lse test", List.of(), listener);
    other.tend();
    other.letGo();
    PadsProvider.send(ShortMessage.NOTE_ON, 1, 36, 90);
    assertEquals(List.of("HOLD DOWN"), moves);
  }
}
