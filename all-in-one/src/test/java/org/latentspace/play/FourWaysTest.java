package org.latentspace.play;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.explorer.heard.Frame;
import org.latentspace.explorer.heard.HeldFrames;
import org.latentspace.explorer.heard.Origin;
import org.latentspace.explorer.heard.RawFeatures;
import org.latentspace.explorer.mapping.FlucomaJson;
import org.latentspace.explorer.mapping.Mappings;
import org.latentspace.explorer.mapping.Motion;
import org.latentspace.explorer.mapping.TaughtMapping;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Sending;
import org.latentspace.explorer.place.Settings;
import org.latentspace.feature.dsp.Ear;
import org.latentspace.feature.dsp.EarSettings;
import org.latentspace.feature.dsp.Heard;
import org.latentspace.training.fit.Curve;
import org.latentspace.training.fit.FitOrder;
import org.latentspace.training.fit.FitPlan;
import org.latentspace.training.fit.FitResult;
import org.latentspace.training.fit.Fitter;
import org.latentspace.training.fit.FlucomaText;
import org.latentspace.training.fit.Learner;

/**
 * Four ways of playing, one pair each from its first half, a fit with the usual settings; then the
 * second halves. The ear smooths by 400, 400 and 200 ms (feature-service.smoothing): unsmoothed, a
 * tenth to a quarter of the frames of a fast phrase lie nearer to another's place.
 */
class FourWaysTest {
  private static final List<String> WAYS =
      List.of(
          "alto_slow_low_legato", "alto_fast_high_narrow", "alto_fast_wide", "real_sax_phrase_sms");
  private static final float[][] PLACES = {{.1f, .1f}, {.9f, .1f}, {.1f, .9f}, {.9f, .9f}};
  private static final List<String> OUTPUTS = List.of("x", "y", "noise", "z-ramp");
  private static final int BLOCK = 256;

  /** A frame and when it was. */
  private record Moment(double seconds, Frame frame) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSecondHalvesLieWhereTheFirstHalvesWereTaught(long seed) throws Exception {
    List<List<Moment>> ways = new ArrayList<>();
    float[][] inputs = new float[WAYS.size()][];
    float[][] targets = new float[WAYS.size()][];
    for (int way = 0; way < inputs.length; way++) {
      List<Moment> moments = hear(WAYS.get(way));
      ways.add(moments);
      HeldFrames held = new HeldFrames();
      moments.stream().filter(m -> m.seconds < middle(moments)).forEach(m -> held.hear(m.frame));
      inputs[way] = held.mean().vector();
      targets[way] = new float[] {PLACES[way][0], PLACES[way][1], 0, .5f};
    }
    Performer performer = performer(fit(inputs, targets, seed));
    int near = 0;
    int all = 0;
    for (int way = 0; way < inputs.length; way++) {
      int[] counts = check(performer, ways.get(way), way);
      near += counts[0];
      all += counts[1];
    }
    assertTrue(near >= 0.9 * all, near + " of " + all + " frames are nearest to their place");
    System.out.printf(Locale.ROOT, "seed %d: %.3f of all%n", seed, near / (double) all);
  }

  /** The frames that lie nearest to their own place, and all. */
  private static int[] check(Performer performer, List<Moment> moments, int way) {
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
    return new int[] {near, places.size()};
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

  private static TaughtMapping fit(float[][] inputs, float[][] targets, long seed)
      throws Exception {
    Fitter.Listener patient =
        new Fitter.Listener() {
          @Override
          public boolean goesOn() {
            return true;
          }

          @Override
          public void heard(int epoch, double loss) {}
        };
    FitOrder usual =
        new FitOrder(
            inputs,
            targets,
            FitPlan.HIDDEN,
            Curve.SIGMOID,
            FitPlan.EPOCHS,
            FitPlan.LEARNING_RATE,
            seed,
            null);
    FitResult result = new Learner().fit(usual, patient);
    TaughtMapping mapping =
        new TaughtMapping(
            "v1",
            FlucomaJson.read(FlucomaText.write(result.network())),
            Frame.FEATURE_NAMES,
            OUTPUTS,
            "lse",
            Motion.POSITION,
            new float[0]);
    mapping.check();
    return mapping;
  }

  private static Performer performer(TaughtMapping mapping) throws Exception {
    Performer performer =
        new Performer(
            "alto",
            new Settings(
                Mode.PREDICT,
                Sending.AUTO,
                2,
                Mappings.load(Mappings.FIRST_STEPS, Frame.FEATURES)));
    performer.follow(mapping);
    return performer;
  }

  private static List<Moment> hear(String way) throws Exception {
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
    EarSettings usual = EarSettings.standard();
    EarSettings smoothed =
        new EarSettings(
            usual.window(),
            usual.gate(),
            new EarSettings.Smoothing(400, 400, 200),
            usual.memory(),
            usual.tuning(),
            usual.scaling());
    Ear ear = new Ear(smoothed, rate);
    List<Moment> moments = new ArrayList<>();
    for (int from = 0; from < samples.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, samples.length);
      ear.process(samples, from, to, heard -> moments.add(moment(heard)));
    }
    return moments;
  }

  private static Moment moment(Heard heard) {
    float[] vector = new float[Frame.FEATURES];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) heard.vector(i);
    }
    double seconds = heard.centreSeconds();
    Origin origin = new Origin("alto", heard.frame(), 0, Math.round(seconds * 1e9), true, false);
    RawFeatures none = new RawFeatures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return new Moment(
        seconds,
        new Frame(
            origin,
            heard.frame(),
            seconds,
            vector,
            none,
            0,
            0,
            heard.onset(),
            heard.silent(),
            (float) heard.levelDbfs(),
            "lse",
            List.of(),
            new float[0],
            null));
  }
}
