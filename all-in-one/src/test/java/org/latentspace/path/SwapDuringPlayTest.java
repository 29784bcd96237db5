package org.latentspace.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.EnsembleStyle;
import org.latentspace.midi.time.PlaybackListener;
import org.latentspace.midi.time.Song;
import org.latentspace.midi.time.Transport;
import org.latentspace.midi.time.Transport.TakeOver;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Origin;
import org.latentspace.vae.latent.LatentPoint;
import org.latentspace.vae.latent.Noise.NoiseSettings;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.playing.LatentQueries;
import org.latentspace.vae.playing.Performers;
import org.latentspace.vae.playing.PointBatch;
import org.latentspace.vae.rhythm.Rhythm;

/**
 * A thousand swaps of the model at random times while the music plays: no stroke before its beat,
 * none doubled, none lost, and every stroke of the model that was to play it.
 *
 * <pre>
 *   random swaps -> ActiveModel -> Performer -> rhythm -> Ensemble -> strokes
 *                                                |                      | compared
 *                                                +--> DueStrokes -----------+
 * </pre>
 *
 * Time is a seeded clock of the test's own.
 */
class SwapDuringPlayTest {
  private static final int SWAPS = 1000;
  private static final double BPM = 120;
  private static final long POINT_NANOS = 25_000_000;
  private static final VoiceMap GENERAL_MIDI = new VoiceMap(Map.of());
  private static final List<Model> MODELS =
      List.of(
          model("nine-voices", RandomModel.VOICES, 2, 8),
          model("six-voices", List.of("ride", "clap", "snare", "kick", "low-tom", "mid-tom"), 3, 6),
          model("two-voices", List.of("open-hat", "kick"), 2, 12));

  private final PointBatch batch = new PointBatch();
  private final ActiveModel activeModel = new ActiveModel();
  private final Performers performers = new Performers(4, new NoiseSettings(1, 500));
  private final StrokeLog struck = new StrokeLog();
  private Random random;
  private Song song;
  private Ensemble ensemble;
  private DueStrokes due;
  private long now;
  private int sequence;
  private int swapped;
  private int pointsOfNewModel;
  private String sounding = "";

  @ParameterizedTest
  @EnumSource(TakeOver.class)
  void noStrokeIsEarlyDoubledOrLostInAThousandSwaps(TakeOver takeOver) throws Exception {
    random = new Random(takeOver.ordinal());
    song = new Song(new Transport(BPM, true), struck);
    ensemble = song.add(generalMidi(takeOver), PlaybackListener.NOBODY);
    due = new DueStrokes(takeOver);
    activeModel.put("first", MODELS.get(0));
    long swapNanos = 0;
    long nextPoint = 0;
    while (swapped < SWAPS) {
      // The clock never stands on a whole grain, so that rounding decides nothing.
      now += 1 + random.nextInt(12_000_000);
      now += now % 3125 == 0 ? 1 : 0;
      if (now >= swapNanos) {
        swap();
        swapNanos = now + (long) (random.nextDouble() * 2 * gapNanos(takeOver));
      }
      struck.turn(now);
      song.advance(now);
      if (now >= nextPoint) {
        play();
        nextPoint = now + POINT_NANOS;
      }
    }
    assertSame(due.strokesUntil(now), struck.strokes());
    assertTrue(struck.strokes().size() > 3000, "strokes: " + struck.strokes().size());
    assertTrue(pointsOfNewModel > SWAPS / 3, "swaps that were heard: " + pointsOfNewModel);
    assertTrue(ensemble.takeOvers() > SWAPS / 3, "take-overs: " + ensemble.takeOvers());
    assertEquals(MODELS.size(), due.modelsThatPlayed());
  }

  private static EnsembleSetup generalMidi(TakeOver takeOver) {
    return new EnsembleSetup(
        "robots",
        List.of(),
        Lead.LATEST,
        "",
        1,
        new EnsembleStyle(takeOver, 0, 0, false, false),
        RobotSet.generalMidi(GENERAL_MIDI, new Robot.Way(1, 50_000_000)));
  }

  private static void assertSame(List<String> due, List<String> struck) {
    for (int i = 0; i < Math.min(due.size(), struck.size()); i++) {
      assertEquals(due.get(i), struck.get(i), "stroke " + i + " of " + due.size());
    }
    assertEquals(due.size(), struck.size(), "strokes");
  }

  /** Several swaps may fall between two lines. */
  private static long gapNanos(TakeOver takeOver) {
    return switch (takeOver) {
      case CELL -> 200_000_000;
      case BEAT -> 500_000_000;
      case BAR -> 1_000_000_000;
    };
  }

  private void swap() throws ModelFault {
    if (activeModel.previous() != null && random.nextInt(3) == 0) {
      activeModel.rollBack();
    } else {
      Model next = MODELS.get(random.nextInt(MODELS.size()));
      activeModel.put(next.version(), next);
    }
    swapped++;
  }

  private void play() {
    String performer = "anna";
    Origin origin = new Origin(performer, ++sequence, 0, now, true, false);
    float[] position = {random.nextFloat(), random.nextFloat()};
    ActiveModel.Playing playing = activeModel.playing();
    LatentPoint point = new LatentPoint(origin, position, 0, random.nextInt(100));
    batch.add(performers.named(performer, now), point, playing, now);
    batch.play(
        (cue, arrived) -> handOver(cue, playing),
        (failed, fault) -> {
          throw new AssertionError(fault);
        });
  }

  private void handOver(DecodedRhythm cue, ActiveModel.Playing playing) {
    if (sequence % 4 == 0) {
      assertBelongsTo(playing, cue);
    }
    Rhythm rhythm = cue.rhythm();
    pointsOfNewModel += rhythm.modelVersion().equals(sounding) ? 0 : 1;
    sounding = rhythm.modelVersion();
    Pattern pattern = new Pattern(asHeard(cue));
    assertEquals(rhythm.strokes(), pattern.count(), "every voice has a note");
    due.handOver(rhythm, now);
    song.handOver(ensemble, pattern, true, now);
  }

  private static void assertBelongsTo(ActiveModel.Playing playing, DecodedRhythm cue) {
    Rhythm alone = LatentQueries.decode(playing, cue.position()).rhythm();
    assertEquals(playing.model().version(), cue.rhythm().modelVersion());
    assertArrayEquals(alone.step(), cue.rhythm().step());
    assertArrayEquals(alone.voice(), cue.rhythm().voice());
  }

  /** A rhythm as midi-gateway reads it from the wire. */
  private static org.latentspace.midi.rhythm.Rhythm asHeard(DecodedRhythm cue) {
    Rhythm rhythm = cue.rhythm();
    Grid grid = rhythm.grid();
    return new org.latentspace.midi.rhythm.Rhythm(
        new org.latentspace.performer.Origin(
            cue.origin().performer(), cue.origin().sequence(), 0, 0, true, false),
        rhythm.modelVersion(),
        new org.latentspace.midi.rhythm.Grid(
            grid.bars(), grid.beatsPerBar(), grid.beatUnit(), grid.stepsPerBeat(), 1),
        rhythm.voices(),
        new org.latentspace.midi.rhythm.Rhythm.Strokes(
            rhythm.step(), rhythm.voice(), rhythm.velocity(), rhythm.offset()),
        cue.position());
  }

  private static Model model(String version, List<String> voices, int latent, int hidden) {
    RandomModel.Size size = new RandomModel.Size(Grid.STANDARD, voices, latent, hidden);
    return RandomModel.of(size, version, version.hashCode());
  }
}
