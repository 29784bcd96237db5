package org.latentspace.vae.playing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.model.Grid;
import org.latentspace.model.LatentRange;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.model.RandomModel;

class InterpolationTest {
  private static final RandomModel.Size SIZE =
      new RandomModel.Size(new Grid(1, 4, 4, 4), List.of("kick", "snare", "hat"), 2, 16);

  private final ActiveModel activeModel = new ActiveModel();
  private CancellableCodec codec;

  @BeforeEach
  void load() throws ModelFault {
    activeModel.put("random", RandomModel.of(SIZE, "random", 1));
    codec = new CancellableCodec(activeModel.playing(), () -> false);
  }

  @Test
  void bothEndsAreTheRhythmsOfTheirPlaces() {
    float[] from = {0.2f, 0.9f};
    float[] to = {0.7f, 0.1f};
    for (boolean spherical : new boolean[] {false, true}) {
      List<DecodedRhythm> decodedRhythms = new Interpolation(from, to, 9, spherical).rhythms(codec);
      assertEquals(9, decodedRhythms.size());
      assertSame(LatentQueries.decode(activeModel.playing(), from), decodedRhythms.get(0));
      assertSame(LatentQueries.decode(activeModel.playing(), to), decodedRhythms.get(8));
    }
  }

  @Test
  void theStraightWayHasEvenSteps() {
    List<DecodedRhythm> decodedRhythms = interpolation(5, false);
    for (int i = 0; i < 5; i++) {
      assertEquals(0.2 + 0.6 * i / 4, decodedRhythms.get(i).position()[0], 1e-5);
      assertEquals(0.5, decodedRhythms.get(i).position()[1], 1e-5);
    }
  }

  @Test
  void theSphericalWayKeepsItsDistanceFromTheOrigin() {
    // The range is -2.5..2.5, so 0.5 is the origin and both ends are 1.25 from it.
    List<DecodedRhythm> decodedRhythms =
        new Interpolation(new float[] {0.75f, 0.5f}, new float[] {0.5f, 0.75f}, 7, true)
            .rhythms(codec);
    LatentRange range = codec.model().latent();
    for (int i = 0; i < 7; i++) {
      double x = range.latent(0, decodedRhythms.get(i).position()[0]);
      double y = range.latent(1, decodedRhythms.get(i).position()[1]);
      assertEquals(1.25, Math.hypot(x, y), 1e-5);
      assertEquals(Math.PI / 2 * i / 6, Math.atan2(y, x), 1e-5);
    }
  }

  @Test
  void wherePlacesAreOnOneLineWithTheOriginTheSphericalWayIsTheStraightOne() {
    List<DecodedRhythm> straight = interpolation(4, false);
    List<DecodedRhythm> spherical = interpolation(4, true);
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(straight.get(i).position(), spherical.get(i).position());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, count is 1", "1025, count is 1025", "0, count is 0", "-3, count is -3"})
  void refusesACountOutOfRange(int count, String why) {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> interpolation(count, false))
            .getMessage()
            .contains(why + ", must be 2..1024"));
  }

  @Test
  void refusesPlacesThatAreNone() {
    float[] right = {0.5f, 0.5f};
    refused(new Interpolation(new float[1], right, 2, false), "from has 1 entries, must have 2");
    refused(new Interpolation(right, new float[3], 2, false), "to has 3 entries, must have 2");
    float[] nowhere = {Float.NaN, 0};
    refused(new Interpolation(right, nowhere, 2, true), "to[0] is NaN, must be -10..10");
  }

  @Test
  void endsWhenNobodyWaits() {
    CancellableCodec left = new CancellableCodec(activeModel.playing(), () -> true);
    Interpolation interpolation = new Interpolation(new float[2], new float[2], 2, false);
    assertThrows(CancellationException.class, () -> interpolation.rhythms(left));
  }

  private List<DecodedRhythm> interpolation(int count, boolean spherical) {
    float[] from = {0.2f, 0.5f};
    float[] to = {0.8f, 0.5f};
    return new Interpolation(from, to, count, spherical).rhythms(codec);
  }

  private void refused(Interpolation interpolation, String why) {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> interpolation.rhythms(codec));
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  private static void assertSame(DecodedRhythm expected, DecodedRhythm found) {
    assertArrayEquals(expected.rhythm().step(), found.rhythm().step());
    assertArrayEquals(expected.rhythm().voice(), found.rhythm().voice());
    assertArrayEquals(expected.rhythm().velocity(), found.rhythm().velocity());
    assertArrayEquals(expected.rhythm().offset(), found.rhythm().offset());
  }
}
