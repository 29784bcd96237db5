package org.latentspace.audio.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.audio.sound.CaptureLoop;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.InputLines;
import org.latentspace.audio.sound.Performer;

class SoundCardsTest {
  @Test
  void aDeviceThatIsNotThereIsAStatusOnTheRealSoundSystem() {
    Performer performer = new Performer("a", Input.parse("device:no such card"), 0, 0);
    CaptureLoop turns = new CaptureLoop(new SoundCards(), performer, 256, (who, sound) -> true);
    assertEquals(2_000_000_000L, turns.turn(5, 5));
    assertFalse(performer.status().ok());
    assertEquals(
        "device:no such card: " + SoundCards.missing(false, new SoundCards().devices()),
        performer.status().text());
    assertEquals(1_000_000_000L, turns.turn(1_000_000_005L, 5));
  }

  @Test
  void whereThereIsNoSoundItSaysWhatIsMissingAndWhatToDo() {
    String wayOut = " (looked for every 2 s), or play a recording: --input FILE.wav";
    assertEquals(
        "this machine has no sound input; plug one in" + wayOut,
        SoundCards.missing(false, List.of()));
    assertEquals(
        "no such sound input now; there are: Mic, USB" + wayOut,
        SoundCards.missing(
            false,
            List.of(
                new InputLines.Device("Mic", "built in", 1),
                new InputLines.Device("USB", "interface", 2))));
  }

  @Test
  void listsTheDevicesOfThisMachineIfItHasAny() {
    List<InputLines.Device> devices = new SoundCards().devices();
    String text = DeviceList.text(devices);
    assertEquals(devices.isEmpty() ? 1 : devices.size() + 1, text.lines().count());
  }

  @Test
  void theListNamesDescribesAndCounts() {
    String text =
        DeviceList.text(
            List.of(
                new InputLines.Device("USB [plughw:1,0]", "interface", 2),
                new InputLines.Device("Mic", "built in", 1)));
    assertTrue(text.contains("  USB [plughw:1,0] - interface - 2 channels"), text);
    assertTrue(text.contains("  Mic - built in - 1 channel"), text);
    assertEquals("no input devices", DeviceList.text(List.of()));
  }
}
