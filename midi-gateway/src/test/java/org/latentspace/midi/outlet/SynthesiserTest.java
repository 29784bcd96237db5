package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Synthesizer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.wire.StartMistake;
import org.opentest4j.TestAbortedException;

/** The JDK's synthesiser makes sound of every voice of the default kit, with no sound bank. */
class SynthesiserTest {
  @Test
  void everyVoiceOfTheKitSounds() throws Exception {
    Synthesizer synthesiser = MidiSystem.getSynthesizer();
    AudioInputStream sound = rendered(synthesiser);
    String[] kit = {"kick", "snare", "closed-hat", "open-hat", "low-tom", "mid-tom", "high-tom"};
    try (synthesiser) {
      for (String voice : kit) {
        VoiceMap.Key key = VoiceMap.generalMidi(voice);
        synthesiser
            .getReceiver()
            .send(new ShortMessage(ShortMessage.NOTE_ON, key.channel(), key.note(), 100), -1);
        assertTrue(rms(sound.readNBytes(44_100)) > 50, voice + " sounds");
        sound.skipNBytes(44_100 * 8);
      }
    }
  }

  /** The only way to hear it without a sound card; not part of the public API. */
  private static AudioInputStream rendered(Synthesizer synthesiser) {
    try {
      return (AudioInputStream)
          synthesiser
              .getClass()
              .getMethod("openStream", AudioFormat.class, Map.class)
              .invoke(synthesiser, null, null);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new TestAbortedException("the JDK does not let its synthesiser be rendered: " + closed);
    }
  }

  @Test
  void aSoundFontBringsItsOwnSounds(@TempDir Path folder) throws Exception {
    int[] waves = new int[2];
    for (int i = 0; i < 2; i++) {
      Path font = SoundFontFile.write(folder.resolve("kit" + i + ".sf2"), 200 + 200 * i);
      Synthesizer synthesiser = MidiSystem.getSynthesizer();
      AudioInputStream sound = rendered(synthesiser);
      try (synthesiser) {
        JavaSoundInstrument.load(synthesiser, MidiSystem.getSoundbank(font.toFile()));
        // Key 60 is the one at which the tone was recorded.
        synthesiser.getReceiver().send(new ShortMessage(ShortMessage.NOTE_ON, 9, 60, 100), -1);
        byte[] samples = sound.readNBytes(44_100 / 10 * 4);
        assertTrue(rms(samples) > 50, "it sounds");
        waves[i] = risingZeros(samples);
      }
    }
    assertEquals(2, (double) waves[1] / waves[0], 0.2, "an octave: " + Arrays.toString(waves));
  }

  /** Of the left channel. */
  private static int risingZeros(byte[] samples) {
    int count = 0;
    int before = 0;
    for (int i = 0; i + 3 < samples.length; i += 4) {
      int value = (short) (samples[i] & 0xff | samples[i + 1] << 8);
      if (Math.abs(value) > 100) {
        count += before < 0 && value > 0 ? 1 : 0;
        before = value;
      }
    }
    return count;
  }

  @Test
  void aSoundFontThatIsMissingOrBrokenIsRefusedWithTheReason(@TempDir Path folder)
      throws Exception {
    Path whole = SoundFontFile.write(folder.resolve("kit.sf2"), 300);
    Path text = Files.writeString(folder.resolve("text.sf2"), "no sounds");
    for (Path wrong : List.of(folder.resolve("missing.sf2"), text, folder)) {
      StartMistake mistake =
          assertThrows(StartMistake.class, () -> OpenPorts.of(List.of("synth:" + wrong), false));
      String line = mistake.getMessage();
      assertTrue(line.contains("=synth:" + wrong + ": must be a SoundFont that can be read"), line);
      assertEquals(1, line.lines().count(), line);
      assertFalse(line.endsWith("null"), line);
    }
    try (Ports ports = OpenPorts.of(List.of("synth:" + whole), false)) {
      assertEquals("synth:" + whole, ports.states().get(0).address());
    }
  }

  @Test
  void whereThereIsNoSoundItSaysWhatIsMissingAndWhatToDo() {
    String wayOut =
        ", press Sound here on the page, or choose an output: --output midi:NAME, FILE.mid or none";
    assertEquals(
        "no sound card to play through; plug one in" + wayOut,
        JavaSoundInstrument.withoutSound(false));
    assertEquals(
        "the sound card cannot be opened (is another program using it?)" + wayOut,
        JavaSoundInstrument.withoutSound(true));
    try {
      JavaSoundInstrument.synthesiser(null).close();
    } catch (MidiUnavailableException silent) {
      assertTrue(silent.getMessage().endsWith(wayOut), silent.getMessage());
    }
  }

  private static double rms(byte[] samples) {
    double sum = 0;
    for (int i = 0; i < samples.length; i += 2) {
      double value = (short) (samples[i] & 0xff | samples[i + 1] << 8);
      sum += value * value;
    }
    return Math.sqrt(sum / (samples.length / 2.0));
  }
}
