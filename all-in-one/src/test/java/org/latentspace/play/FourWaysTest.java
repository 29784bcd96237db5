package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.feature.HeldFrames;
import org.latentspace.explorer.feature.PairInput;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.outlet.Mappings;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.feature.dsp.FeatureExtractor;
import org.latentspace.feature.dsp.FeatureSettings;
import org.latentspace.feature.dsp.FrameFeatures;
import org.latentspace.model.ActivationFunction;
import org.latentspace.model.FlucomaJson;
import org.latentspace.performer.Origin;
import org.latentspace.training.data.TaughtPair;
import org.latentspace.training.data.TaughtPair.Motion;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Learner;
import org.latentspace.training.fit.Progress;
import org.latentspace.training.fit.TrainingSet;

/**
 * Four ways of playing, one pair each from its first half, a fit with the usual settings; then the
 * second halves: with the ear as it is by default, and with its features smoothed.
 *
 * <p>Of the played phrase's second half a tenth is its last note, held low and loud, which is
 * nearly what the slow phrase was taught to mean: that the pairs know how they varied tells them
 * apart.
 */
class FourWaysTest {
  private static final List<String> WAYS =
      List.of(
          "alto_slow_low_legato", "alto_fast_high_narrow", "alto_fast_wide", "real_sax_phrase_sms");
  private static final float[][] PLACES = {{.2f, .2f}, {.8f, .2f}, {.2f, .8f}, {.8f, .8f}};
  private static final List<String> OUTPUTS = List.of("x", "y", "noise", "z-ramp");
  private static final int BLOCK = 256;

  /** A frame and when it was. */
  private record Moment(double seconds, Frame frame) {}

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "0, 3", "0, 4", "0, 5", "1, 1", "1, 2", "1, 3", "1, 4", "1, 5"})
  void theSecondHalvesLieWhereTheFirstHalvesWereTaught(int smooth, long seed) throws Exception {
    FeatureSettings.Smoothing smoothing =
        new FeatureSettings.Smoothing(400 * smooth, 400 * smooth, 200 * smooth);
    List<List<Moment>> ways = new ArrayList<>();
    List<TaughtPair> pairs = new ArrayList<>();
    for (int way = 0; way < WAYS.size(); way++) {
      List<Moment> moments = hear(WAYS.get(way), smoothing);
      ways.add(moments);
      HeldFrames held = new HeldFrames();
      moments.stream().filter(m -> m.seconds < middle(moments)).forEach(m -> held.hear(m.frame));
      pairs.add(taught(held.mean(), way));
    }
    Performer performer = performer(fit(pairs, seed));
    System.out.printf("smoothed %d, seed %d%n", smooth, seed);
    for (int way = 0; way < WAYS.size(); way++) {
      check(performer, ways.get(way), way);
    }
  }

  /** As it comes to training-service. */
  private static TaughtPair taught(PairInput played, int way) {
    TaughtPair.Target meaning =
        new TaughtPair.Target(
            List.of(PLACES[way][0], PLACES[way][1], 0f, .5f), OUTPUTS, Motion.POSITION, 1);
    return new TaughtPair(
        "alto",
        WAYS.get(way),
        Instant.ofEpochSecond(way),
        floats(played.vector()),
        floats(played.raw()),
        played.scaling(),
        played.senses(),
        floats(played.spread().covariance()),
        List.of(PLACES[way][0], PLACES[way][1], 0f, 50f),
        meaning);
  }

  private static List<Float> floats(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private static void check(Performer performer, List<Moment> moments, int way) {
    List<float[]> places = new ArrayList<>();
    int near = 0;
    for (Moment moment : moments) {
      Place place = performer.hear(moment.frame);
      if (moment.seconds < middle(moments) || moment.frame.silent()) {
        continue;
      }
      places.add(place.position());
      near += nearest(place.position()) == way ? 1 : 0;
    }
    double x = median(places, 0);
    double y = median(places, 1);
    double away = Math.hypot(x - PLACES[way][0], y - PLACES[way][1]);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.3f from its place, nearest to it in %.3f%n",
        WAYS.get(way),
        away,
        near / (double) places.size());
    assertTrue(away <= 0.1, WAYS.get(way) + ": the median is " + x + ", " + y);
    assertTrue(near >= 0.9 * places.size(), WAYS.get(way) + ": " + near + " of " + places.size());
  }

  private static int nearest(float[] position) {
    int nearest = 0;
    for (int way = 1; way < PLACES.length; way++) {
      if (distance(position, PLACES[way]) < distance(position, PLACES[nearest])) {
        nearest = way;
      }
    }
    return nearest;
  }

  private static double distance(float[] one, float[] other) {
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  }

  private static double median(List<float[]> places, int entry) {
    double[] values = places.stream().mapToDouble(place -> place[entry]).sorted().toArray();
    return values[values.length / 2];
  }

  private static double middle(List<Moment> moments) {
    return moments.get(moments.size() - 1).seconds / 2;
  }

  private static TaughtMapping fit(List<TaughtPair> pairs, long seed) throws Exception {
    Progress unheard = new Progress(() -> true, (epoch, epochs, loss) -> {}, 0, 0);
    FitPlan usual =
        new FitPlan(
            List.of(),
            ActivationFunction.SIGMOID,
            FitPlan.EPOCHS,
            FitPlan.LEARNING_RATE,
            seed,
            false,
            false);
    TrainingSet lesson = TrainingSet.of(pairs, Motion.POSITION, OUTPUTS);
    FitResult result = new Learner().fit(lesson.order(usual, null), unheard);
    TaughtMapping mapping =
        new TaughtMapping(
            "v1",
            FlucomaJson.read(FlucomaJson.write(result.network())),
            Frame.FEATURE_NAMES,
            OUTPUTS,
            "lse",
            org.latentspace.explorer.mapping.TaughtMapping.Motion.POSITION,
            new float[0]);
    mapping.check();
    return mapping;
  }

  private static Performer performer(TaughtMapping mapping) throws Exception {
    Performer performer =
        new Performer(
            "alto",
            new Defaults(
                Mode.PREDICT,
                Sending.AUTO,
                2,
                Mappings.load(Mappings.FIRST_STEPS, Frame.FEATURES)));
    performer.follow(mapping);
    return performer;
  }

  private static List<Moment> hear(String way, FeatureSettings.Smoothing smoothing)
      throws Exception {
    Path file = Play.data().resolve("audio").resolve(way + ".wav");
    ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    int rate = 0;
    while (wav.getInt(at) != 0x61746164) { // "data"
      rate = wav.getInt(at) == 0x20746d66 ? wav.getInt(at + 12) : rate; // "fmt "
      at += 8 + wav.getInt(at + 4);
    }
    float[] samples = new float[wav.getInt(at + 4) / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = wav.getShort(at + 8 + 2 * i) / 32768f;
    }
    FeatureExtractor extractor =
        new FeatureExtractor(FeatureSettings.standard().with(smoothing), rate);
    List<Moment> moments = new ArrayList<>();
    for (int from = 0; from < samples.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, samples.length);
      extractor.process(samples, from, to, heard -> moments.add(moment(heard)));
    }
    return moments;
  }

  private static Moment moment(FrameFeatures heard) {
    float[] vector = new float[Frame.FEATURES];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) heard.vector(i);
    }
    double seconds = heard.centreSeconds();
    Origin origin = new Origin("alto", heard.frame(), 0, Math.round(seconds * 1e9), true, false);
    return new Moment(
        seconds,
        new Frame(
            origin,
            heard.frame(),
            seconds,
            vector,
            new float[Frame.FEATURES],
            0,
            0,
            heard.onset(),
            heard.silent(),
            (float) heard.levelDbfs(),
            "lse",
            List.of(),
            null));
  }
}
