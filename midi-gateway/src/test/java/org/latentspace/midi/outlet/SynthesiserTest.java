package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Synthesizer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.rhythm.VoiceMap;

/** The JDK's synthesiser makes sound of every voice of the default kit, with no sound bank. */
class SynthesiserTest {
  @Test
  void everyVoiceOfTheKitSounds() throws Exception {
    Synthesizer synthesiser = MidiSystem.getSynthesizer();
    AudioInputStream sound;
    try {
      // The only way to hear it without a sound card; not part of the public API.
      sound =
          (AudioInputStream)
              synthesiser
                  .getClass()
                  .getMethod("openStream", AudioFormat.class, Map.class)
                  .invoke(synthesiser, null, null);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      assumeTrue(false, "the JDK does not let its synthesiser be rendered: " + closed);
      return;
    }
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

  @Test
  void whereThereIsNoSoundItSaysWhatIsMissingAndWhatToDo() {
    String wayOut = ", or choose another output: --output midi:NAME, FILE.mid or none";
    assertEquals(
        "no sound card to play through; plug one in" + wayOut,
        JavaSoundInstrument.withoutSound(false));
    assertEquals(
        "the sound card cannot be opened (is another program using it?)" + wayOut,
        JavaSoundInstrument.withoutSound(true));
    try {
      JavaSoundInstrument.synthesiser().close();
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
