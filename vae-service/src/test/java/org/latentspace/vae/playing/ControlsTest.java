package org.latentspace.vae.playing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.LimitExceeded;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.OneNote;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.playing.Controls.Decoding;
import org.latentspace.vae.rhythm.Rhythm;

class ControlsTest {
  private static final NoiseSettings CHANCE = new NoiseSettings(1, 500);
  private static final long FRAME = 11_609_977;
  private static final List<String> VOICES = List.of("kick", "snare", "hat");
  private static final RandomModel.Size SIZE =
      new RandomModel.Size(new Grid(2, 4, 4, 4), VOICES, 2, 32);

  private final ActiveModel activeModel = new ActiveModel();
  private final Performers performers = new Performers(4, CHANCE);

  @BeforeEach
  void load() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
  }

  @Test
  void theUsualControlsPlayTheSameBitsAsNone() {
    List<String> none = walk("anna");
    decode("anna", new Decoding(2, true, 3L, 0));
    decode("anna", Decoding.PLAIN);
    performers.forget("anna");
    assertEquals(none, walk("anna"));
    assertEquals(Controls.NONE, performers.controls("anna"));
  }

  @Test
  void temperatureMovesWhatAThresholdOffTheMiddleCuts() {
    activeModel.setThresholds(new float[] {0.35f, 0.35f, 0.35f});
    int plain = play("a", 0, 0.3f).strokes();
    decode("b", new Decoding(3, false, null, 0));
    int hot = play("b", 0, 0.3f).strokes();
    decode("c", new Decoding(0.2f, false, null, 0));
    int cold = play("c", 0, 0.3f).strokes();
    assertTrue(hot > plain, hot + " " + plain);
    assertTrue(cold < plain, cold + " " + plain);
    activeModel.setThresholds(new float[] {0.5f, 0.5f, 0.5f});
    assertEquals(text(play("a", 1, 0.3f)), text(play("b", 1, 0.3f)));
  }

  @Test
  void aShiftOfTheThresholdsThinsOutOrFillsUpAndLeavesSilentVoicesSilent() {
    activeModel.setThresholds(new float[] {0.5f, 1, 0.5f});
    int plain = play("a", 0, 0.3f).strokes();
    decode("b", new Decoding(1, false, null, 0.2f));
    decode("c", new Decoding(1, false, null, -0.2f));
    assertTrue(play("b", 0, 0.3f).strokes() < plain);
    assertTrue(play("c", 0, 0.3f).strokes() > plain);
    decode("d", new Decoding(1, false, null, -1));
    assertEquals(2 * SIZE.grid().steps(), play("d", 0, 0.3f).strokes());
    decode("d", new Decoding(1, false, null, 1));
    assertEquals(0, play("d", 0, 0.3f).strokes());
    assertThrows(IllegalArgumentException.class, () -> new Decoding(1, false, null, 1.1f));
  }

  @Test
  void samplingIsSteadyBetweenDrawsAndAFunctionOfSeedPerformerAndSoundTime() {
    decode("anna", new Decoding(1, true, null, 0));
    List<String> heard = new ArrayList<>();
    for (int f = 0; f < 430; f++) {
      heard.add(text(play("anna", f, 0.5f)));
    }
    assertEquals(10, heard.stream().distinct().count());
    performers.forget("anna");
    // Later draws do not depend on earlier ones.
    assertEquals(heard.get(429), text(play("anna", 429, 0.5f)));
    decode("anna", new Decoding(1, true, 2L, 0));
    assertNotEquals(heard.get(429), text(play("anna", 429, 0.5f)));
    decode("anna", new Decoding(1, true, CHANCE.seed(), 0));
    assertEquals(heard.get(429), text(play("anna", 429, 0.5f)));
    decode("bela", new Decoding(1, true, null, 0));
    assertNotEquals(heard.get(429), text(play("bela", 429, 0.5f)));
  }

  @Test
  void samplingDrawsByProbabilityAndTemperatureSharpensIt() throws ModelFault {
    // Onsets of one voice are sure, those of the others impossible.
    activeModel.put("one", OneNote.of("one", 1, 3, 0.5f));
    decode("anna", new Decoding(1, true, null, 0));
    for (int f = 0; f < 430; f += 43) {
      assertEquals(16, play("anna", f, 0.5f).strokes());
    }
    activeModel.setThresholds(new float[] {0.5f, 1, 0.5f});
    assertEquals(0, play("anna", 431, 0.5f).strokes());
    assertEquals(0.5, new Decoding(0.3f, true, null, 0).tempered(0.5), 1e-9);
    assertEquals(0.9, new Decoding(0.5f, true, null, 0).tempered(0.75), 1e-9);
    assertEquals(0.75, new Decoding(2, true, null, 0).tempered(0.9), 1e-9);
    for (float t : new float[] {0.1f, 1, 4}) {
      assertEquals(0, new Decoding(t, true, null, 0).tempered(0));
      assertEquals(1, new Decoding(t, true, null, 0).tempered(1));
      assertEquals(0, new Decoding(t, true, null, 0).untempered(0));
      assertEquals(1, new Decoding(t, true, null, 0).untempered(1));
    }
  }

  @Test
  void frozenVoicesGoOnAsTheySoundedWhileTheOthersMove() {
    Rhythm before = play("anna", 0, 0.1f);
    freeze("anna", "kick", "hat");
    for (int f = 1; f < 9; f++) {
      Rhythm now = play("anna", f, 0.1f + 0.1f * f);
      assertEquals(voice(before, 0), voice(now, 0));
      assertEquals(voice(before, 2), voice(now, 2));
      assertEquals(voice(play("free", f, 0.1f + 0.1f * f), 1), voice(now, 1));
    }
    Rhythm sounding = play("anna", 9, 0.9f);
    freeze("anna", "snare", "hat");
    Rhythm now = play("anna", 10, 0.2f);
    assertEquals(voice(sounding, 1), voice(now, 1));
    assertEquals(voice(before, 2), voice(now, 2));
    assertEquals(voice(play("free", 10, 0.2f), 0), voice(now, 0));
    freeze("anna");
    assertEquals(text(play("free", 11, 0.2f)), text(play("anna", 11, 0.2f)));
  }

  @Test
  void aFreezeOutlastsThresholdsDrawsAndAModelOfTheSameGridAndVoices() throws ModelFault {
    Rhythm before = play("anna", 0, 0.1f);
    freeze("anna", "kick");
    activeModel.setThresholds(new float[] {1, 1, 1});
    assertEquals(voice(before, 0), voice(play("anna", 1, 0.7f), 0));
    assertEquals(voice(before, 0).size(), play("anna", 2, 0.8f).strokes());
    activeModel.setThresholds(new float[0]);
    decode("anna", new Decoding(1, true, null, 0));
    assertEquals(voice(before, 0), voice(play("anna", 50, 0.7f), 0));
    activeModel.put("other", RandomModel.of(SIZE, "other", 2));
    Rhythm other = play("anna", 51, 0.6f);
    assertEquals("other", other.modelVersion());
    assertEquals(voice(before, 0), voice(other, 0));
    // Another grid: the freeze takes hold of the first rhythm on it.
    activeModel.put("one", OneNote.of("one", 0, 3, 0.5f));
    Rhythm first = play("anna", 52, 0.5f);
    assertEquals(16, voice(first, 0).size());
    activeModel.put("two", OneNote.of("two", 1, 3, 0.5f));
    Rhythm second = play("anna", 53, 0.5f);
    assertEquals(voice(first, 0), voice(second, 0));
    assertEquals(16, voice(second, 1).size());
  }

  @Test
  void controlsWaitForAPerformerWhoHasNotComeYetAndStayWhenOneGoes() {
    freeze("late", "kick");
    Rhythm first = play("late", 0, 0.1f);
    assertEquals(voice(first, 0), voice(play("late", 1, 0.8f), 0));
    performers.forget("late");
    Rhythm anew = play("late", 0, 0.8f);
    assertEquals(voice(play("free", 0, 0.8f), 0), voice(anew, 0));
    assertEquals(voice(anew, 0), voice(play("late", 1, 0.1f), 0));
  }

  @Test
  void controlsAreKeptForSoManyNamesAndNoMore() {
    for (int i = 0; i < Performers.MOST_CONTROLS; i++) {
      decode("p" + i, new Decoding(2, false, null, 0));
    }
    LimitExceeded full =
        assertThrows(LimitExceeded.class, () -> decode("more", new Decoding(2, false, null, 0)));
    assertTrue(full.getMessage().contains("256"));
    assertEquals(Controls.NONE, performers.controls("more"));
    decode("p7", new Decoding(3, false, null, 0));
    decode("p7", Decoding.PLAIN);
    decode("more", new Decoding(2, false, null, 0));
    assertEquals(2, performers.controls("more").decoding().temperature());
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.09f, 4.1f, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void refusesATemperatureOutOfRange(float temperature) {
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class, () -> new Decoding(temperature, false, null, 0));
    assertEquals("temperature is " + temperature + ", must be 0.1..4.0", fault.getMessage());
  }

  private List<String> walk(String name) {
    List<String> heard = new ArrayList<>();
    for (int f = 0; f < 100; f++) {
      heard.add(text(play(name, f, f / 100f)));
    }
    assertFalse(heard.isEmpty());
    return heard;
  }

  private Rhythm play(String name, int frame, float place) {
    Origin origin = new Origin(name, frame, 0, frame * FRAME, false, false);
    LatentPoint point = new LatentPoint(origin, new float[] {place, 0.4f}, 0, 0);
    Rhythm rhythm =
        Alone.play(performers.named(name, frame), point, activeModel.playing()).rhythm();
    int[] cells = new int[rhythm.strokes()];
    Arrays.setAll(cells, s -> rhythm.step()[s] * rhythm.voices().size() + rhythm.voice()[s]);
    assertArrayEquals(Arrays.stream(cells).sorted().distinct().toArray(), cells);
    return rhythm;
  }

  private void decode(String name, Decoding decoding) {
    performers.control(name, c -> c.with(decoding));
  }

  private void freeze(String name, String... voices) {
    performers.control(name, c -> c.withFrozen(List.of(voices), List.of(voices)));
  }

  private static List<String> voice(Rhythm rhythm, int voice) {
    List<String> strokes = new ArrayList<>();
    for (int s = 0; s < rhythm.strokes(); s++) {
      if (rhythm.voice()[s] == voice) {
        strokes.add(rhythm.step()[s] + " " + rhythm.velocity()[s] + " " + rhythm.offset()[s]);
      }
    }
    return strokes;
  }

  private static String text(Rhythm rhythm) {
    return voice(rhythm, 0) + "" + voice(rhythm, 1) + voice(rhythm, 2);
  }
}
