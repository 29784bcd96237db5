package org.latentspace.vae.completion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.CancellableCodec;
import org.latentspace.vae.outlet.ModelLocator;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.rhythm.RhythmTensor;

/**
 * The built-in model's own rhythms, of which a part is taken away. They were decoded at random
 * places, which the search does not know.
 */
class CompletionTest {
  private static final int RHYTHMS = 24;
  private static final ActiveModel STAND = new ActiveModel();
  private static CancellableCodec codec;
  private static List<Rhythm> originals;

  @BeforeAll
  static void decodeAtRandomPlaces() throws Exception {
    STAND.put("six-robots", ModelLocator.configured("six-robots"));
    codec = new CancellableCodec(STAND.playing(), () -> false);
    originals = new ArrayList<>();
    Random random = new Random(7);
    RhythmTensor tensor = codec.blank();
    while (originals.size() < RHYTHMS) {
      float[] z = {
        codec.model().latent().latent(0, random.nextFloat()),
        codec.model().latent().latent(1, random.nextFloat())
      };
      codec.decode(z, tensor);
      Rhythm rhythm = codec.strike(tensor);
      if (rhythm.strokes() > 0) {
        originals.add(rhythm);
      }
    }
  }

  @Test
  void humaniseComesNearerToTheOriginalsVelocitiesThanTheirMean() {
    double model = 0;
    double constant = 0;
    double modelOffset = 0;
    double quantised = 0;
    int strokes = 0;
    float mean = meanVelocity();
    for (Rhythm original : originals) {
      Rhythm human = Completion.humanise(codec, Parts.flat(original), 1).rhythm();
      assertArrayEquals(original.step(), human.step());
      assertArrayEquals(original.voice(), human.voice());
      for (int s = 0; s < original.strokes(); s++) {
        model += square(human.velocity()[s] - original.velocity()[s]);
        constant += square(mean - original.velocity()[s]);
        modelOffset += Math.abs(human.offset()[s] - original.offset()[s]);
        quantised += Math.abs(original.offset()[s]);
        strokes++;
      }
    }
    say("humanise: velocity MSE %.4f, constant %.4f", model / strokes, constant / strokes);
    say("humanise: offset MAE %.3f, quantised %.3f", modelOffset / strokes, quantised / strokes);
    assertTrue(model < constant / 2);
    assertTrue(modelOffset < quantised / 2);
  }

  @Test
  void infillFindsTheOtherVoicesBetterThanTheUsualPatternDoes() {
    List<String> given = List.of("kick", "snare");
    boolean[] usual = usual();
    double found = 0;
    double baseline = 0;
    for (Rhythm original : originals) {
      Rhythm whole = Completion.infill(codec, original, given).rhythm();
      boolean[] wanted = Parts.cells(original);
      found += Parts.f1(Parts.cells(whole), wanted, 2, voices());
      baseline += Parts.f1(usual, wanted, 2, voices());
      assertTrue(Parts.sameVoices(original, whole, 2), "what was given has changed");
    }
    say("infill: F1 of the others %.3f, usual pattern %.3f", found / RHYTHMS, baseline / RHYTHMS);
    assertTrue(found > baseline + 0.1 * RHYTHMS);
    assertTrue(found > 0.7 * RHYTHMS);
  }

  @Test
  void tapsBecomeAPatternThatIsNearerToWhereTheyCameFromThanTheUsualOne() {
    boolean[] usual = usual();
    double found = 0;
    double baseline = 0;
    double union = 0;
    for (Rhythm original : originals) {
      Rhythm whole = Completion.tapToDrum(codec, Parts.taps(original)).rhythm();
      boolean[] wanted = Parts.cells(original);
      found += Parts.f1(Parts.cells(whole), wanted, 0, voices());
      baseline += Parts.f1(usual, wanted, 0, voices());
      union += Parts.f1(Parts.cells(Parts.taps(whole)), Parts.cells(Parts.taps(original)), 0, 1);
    }
    say("taps: F1 of all voices %.3f, usual pattern %.3f", found / RHYTHMS, baseline / RHYTHMS);
    say("taps: F1 of the taps themselves %.3f", union / RHYTHMS);
    assertTrue(found > baseline + 0.1 * RHYTHMS);
    assertTrue(union > 0.7 * RHYTHMS);
  }

  @Test
  void theSameQuestionHasTheSameAnswerToTheLastBit() {
    Rhythm original = originals.get(0);
    assertSameRhythm(
        Completion.infill(codec, original, List.of("kick")).rhythm(),
        Completion.infill(codec, original, List.of("kick")).rhythm());
    assertSameRhythm(
        Completion.tapToDrum(codec, Parts.taps(original)).rhythm(),
        Completion.tapToDrum(codec, Parts.taps(original)).rhythm());
    assertSameRhythm(
        Completion.humanise(codec, Parts.flat(original), 0.5f).rhythm(),
        Completion.humanise(codec, Parts.flat(original), 0.5f).rhythm());
  }

  @Test
  void noAmountLeavesEveryBitAndHalfIsHalfWay() {
    Rhythm flat = Parts.flat(originals.get(1));
    flat.offset()[0] = -0f;
    Rhythm none = Completion.humanise(codec, flat, 0).rhythm();
    assertSameRhythm(flat, none);
    assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(none.offset()[0]));
    Rhythm half = Completion.humanise(codec, flat, 0.5f).rhythm();
    Rhythm all = Completion.humanise(codec, flat, 1).rhythm();
    for (int s = 0; s < flat.strokes(); s++) {
      assertEquals((flat.velocity()[s] + all.velocity()[s]) / 2, half.velocity()[s], 1e-6);
    }
    assertEquals(STAND.playing().model().version(), all.modelVersion());
  }

  @Test
  void humaniseTakesFewerVoicesInAnyOrder() {
    Rhythm two =
        new Rhythm(
            "",
            Grid.STANDARD,
            List.of("snare", "kick"),
            new int[] {24, 0, 48},
            new int[] {0, 1, 1},
            new float[] {0.5f, 0.5f, 0.5f},
            new float[3]);
    Rhythm human = Completion.humanise(codec, two, 1).rhythm();
    assertSame(two.voices(), human.voices());
    assertArrayEquals(two.step(), human.step());
    assertArrayEquals(two.voice(), human.voice());
    for (float velocity : human.velocity()) {
      assertTrue(velocity > 0 && velocity <= 1);
    }
  }

  @Test
  void theVoicesOfTapsDoNotMatter() {
    Rhythm taps = Parts.taps(originals.get(2));
    int[] others = new int[taps.strokes()];
    Arrays.fill(others, 3);
    Rhythm elsewhere =
        new Rhythm(
            "x",
            taps.grid(),
            List.of("tap"),
            taps.step(),
            others,
            new float[taps.strokes()],
            taps.offset());
    assertSameRhythm(
        Completion.tapToDrum(codec, taps).rhythm(),
        Completion.tapToDrum(codec, elsewhere).rhythm());
  }

  @Test
  void refusesWhatDoesNotFitAndSaysWhatWouldBeRight() {
    Rhythm some = originals.get(0);
    refused("amount is 1.5, must be 0..1", () -> Completion.humanise(codec, some, 1.5f));
    refused("amount is NaN, must be 0..1", () -> Completion.humanise(codec, some, Float.NaN));
    refused("given names no voice", () -> Completion.infill(codec, some, List.of()));
    Rhythm silent = Parts.strokes(Grid.STANDARD);
    refused("taps has no stroke", () -> Completion.tapToDrum(codec, silent));
    Rhythm late = Parts.strokes(Grid.STANDARD, 96);
    refused("step is 96, must be 0..95", () -> Completion.tapToDrum(codec, late));
    Rhythm other = Parts.strokes(new Grid(1, 4, 4, 12), 0);
    refused("must be Grid", () -> Completion.tapToDrum(codec, other));
    refused("must be Grid", () -> Completion.infill(codec, other, List.of("kick")));
    NoSuchElementException unknown =
        assertThrows(
            NoSuchElementException.class,
            () -> Completion.infill(codec, some, List.of("kick", "cowbell")));
    assertTrue(unknown.getMessage().contains("cowbell"));
    assertTrue(unknown.getMessage().contains("closed-hat"));
  }

  @Test
  void endsWhenNobodyWaits() {
    CancellableCodec left = new CancellableCodec(STAND.playing(), () -> true);
    assertThrows(CancellationException.class, () -> Completion.humanise(left, originals.get(0), 1));
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable call) {
    IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, call);
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  private static void assertSameRhythm(Rhythm expected, Rhythm found) {
    assertArrayEquals(expected.step(), found.step());
    assertArrayEquals(expected.voice(), found.voice());
    assertArrayEquals(expected.velocity(), found.velocity());
    assertArrayEquals(expected.offset(), found.offset());
    assertEquals(expected.modelVersion(), found.modelVersion());
  }

  /** Cells that at least four in ten of the originals strike: the best of the fixed patterns. */
  private static boolean[] usual() {
    int[] counts = new int[codec.blank().cells()];
    for (Rhythm original : originals) {
      boolean[] cells = Parts.cells(original);
      for (int c = 0; c < counts.length; c++) {
        counts[c] += cells[c] ? 1 : 0;
      }
    }
    boolean[] usual = new boolean[counts.length];
    for (int c = 0; c < counts.length; c++) {
      usual[c] = counts[c] >= 0.4 * RHYTHMS;
    }
    return usual;
  }

  private static float meanVelocity() {
    double sum = 0;
    int strokes = 0;
    for (Rhythm original : originals) {
      for (float velocity : original.velocity()) {
        sum += velocity;
        strokes++;
      }
    }
    return (float) (sum / strokes);
  }

  private static int voices() {
    return codec.model().voices().size();
  }

  private static double square(double value) {
    return value * value;
  }

  private static void say(String format, Object... figures) {
    System.out.println(String.format(Locale.ROOT, format, figures));
  }
}
