package org.latentspace.explorer.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.ShortMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.PadsProvider;
import org.latentspace.installation.Pedal;

/** Pedals of a MIDI input that is found, lost and found again by the machine's own means. */
class PedalPortTest {
  private static final Pedal HOLD =
      new Pedal("ann", "test pads", true, 36, 1, Pedal.Deed.HOLD, 500);
  private static final Pedal ADD = new Pedal("ann", "test pads", false, 64, 0, Pedal.Deed.ADD, 500);

  private final List<String> moves = new ArrayList<>();
  private final PedalPort port =
      new PedalPort(
          "test pads", List.of(HOLD, ADD), (pedal, move) -> moves.add(pedal.deed() + " " + move));

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
        assertEquals(List.of("HOLD GONE"), moves, "nobody holds a pedal that is not there");
        moves.clear();
      }
    }
  }

  @Test
  void aPedalGoesDownOnceAndComesUpOnce() throws Exception {
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
}
