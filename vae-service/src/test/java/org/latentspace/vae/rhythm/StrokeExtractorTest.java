package org.latentspace.vae.rhythm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;

class StrokeExtractorTest {
  private static final Grid GRID = new Grid(1, 1, 4, 4);
  private static final List<String> VOICES = List.of("kick", "snare", "hat");

  private final RhythmTensor tensor = new RhythmTensor(4, 3);
  private final StrokeExtractor extractor = new StrokeExtractor("m-1", GRID, VOICES);

  @Test
  void ordersByStepThenVoiceAndClips() {
    cell(2, 1, 0.9f, 1.5f, -3);
    cell(0, 2, 0.8f, 0.5f, 0.25f);
    cell(2, 0, 0.7f, -0.5f, 3);
    Rhythm rhythm = extractor.strike(tensor, new float[] {0.5f, 0.5f, 0.5f});
    assertArrayEquals(new int[] {0, 2, 2}, rhythm.step());
    assertArrayEquals(new int[] {2, 0, 1}, rhythm.voice());
    assertArrayEquals(new float[] {0.5f, 0, 1}, rhythm.velocity());
    assertArrayEquals(new float[] {0.25f, 1, -1}, rhythm.offset());
    assertEquals("m-1", rhythm.modelVersion());
  }

  @Test
  void eachVoiceHasItsThresholdAndOneSilencesIt() {
    for (int voice = 0; voice < 3; voice++) {
      cell(1, voice, 1, 0.5f, 0);
      cell(3, voice, 0.4f, 0.5f, 0);
    }
    Rhythm rhythm = extractor.strike(tensor, new float[] {1, 0.5f, 0.3f});
    assertArrayEquals(new int[] {1, 1, 3}, rhythm.step());
    assertArrayEquals(new int[] {1, 2, 2}, rhythm.voice());
  }

  @Test
  void notationIsTheWayBack() {
    cell(1, 2, 1, 0.5f, -0.25f);
    cell(3, 0, 1, 0.75f, 0.5f);
    Rhythm rhythm = extractor.strike(tensor, new float[] {0.5f, 0.5f, 0.5f});
    RhythmTensor back = RhythmTensor.of(rhythm, GRID, VOICES);
    assertArrayEquals(tensor.onset(), back.onset());
    assertArrayEquals(tensor.velocity(), back.velocity());
    assertArrayEquals(tensor.offset(), back.offset());
  }

  @Test
  void notationFindsVoicesByNameAndRefusesWhatDoesNotFit() {
    RhythmTensor found = RhythmTensor.of(rhythm(List.of("hat"), 1, 0, 0.5f), GRID, VOICES);
    assertEquals(1, found.onset()[1 * 3 + 2]);
    refused(rhythm(List.of("cowbell"), 1, 0, 0.5f), GRID);
    refused(rhythm(VOICES, 4, 0, 0.5f), GRID);
    refused(rhythm(VOICES, -1, 0, 0.5f), GRID);
    refused(rhythm(VOICES, 1, 3, 0.5f), GRID);
    refused(rhythm(VOICES, 1, 0, Float.NaN), GRID);
    refused(rhythm(VOICES, 1, 0, 1.1f), GRID);
    refused(rhythm(VOICES, 1, 0, 0.5f), new Grid(2, 1, 4, 4));
    int[] twice = {1, 1};
    float[] half = {0.5f, 0.5f};
    refused(new Rhythm("", GRID, VOICES, twice, twice, half, half), GRID);
    refused(new Rhythm("", GRID, VOICES, twice, twice, half, new float[1]), GRID);
  }

  @Test
  void aGridOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Grid(3, 4, 4, 12));
    assertThrows(IllegalArgumentException.class, () -> new Grid(2, 13, 4, 12));
    assertThrows(IllegalArgumentException.class, () -> new Grid(2, 4, 2, 12));
    assertThrows(IllegalArgumentException.class, () -> new Grid(2, 4, 4, 5));
  }

  private static void refused(Rhythm rhythm, Grid grid) {
    assertThrows(IllegalArgumentException.class, () -> RhythmTensor.of(rhythm, grid, VOICES));
  }

  private static Rhythm rhythm(List<String> voices, int step, int voice, float velocity) {
    int[] steps = {step};
    int[] struck = {voice};
    return new Rhythm("", GRID, voices, steps, struck, new float[] {velocity}, new float[] {0});
  }

  private void cell(int step, int voice, float onset, float velocity, float offset) {
    int cell = step * 3 + voice;
    tensor.onset()[cell] = onset;
    tensor.velocity()[cell] = velocity;
    tensor.offset()[cell] = offset;
  }
}
