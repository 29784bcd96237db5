package org.latentspace.training.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentspace.training.rhythm.Rhythm;

/** On the model that ships: what it plays somewhere is found there again. */
class LatentSearchTest {
  private static final Path FILE =
      Path.of("../vae-service/src/main/resources/models/six-robots.safetensors");
  private static final int RHYTHMS = 40;

  @Test
  void aRhythmIsFoundNearerToWhereItWasPlayedThanTheEncoderFindsIt() throws IOException {
    RhythmModel model = RhythmModel.read(FILE);
    Random random = new Random(3);
    List<float[]> places = new ArrayList<>();
    List<Rhythm> played = new ArrayList<>();
    for (int i = 0; i < RHYTHMS; i++) {
      float[] place = {(float) (2 * random.nextGaussian()), (float) (2 * random.nextGaussian())};
      places.add(place);
      played.add(struck(model, model.decode(place)));
    }
    float[][] settled = new LatentSearch(model).settle(played, model.encode(played));
    double own = 0;
    double means = 0;
    for (int i = 0; i < RHYTHMS; i++) {
      own += wrong(model, played.get(i), settled[i]);
      means += wrong(model, played.get(i), model.encode(played.get(i)).mean());
    }
    assertTrue(own < 0.5 * means, own + " cells are wrong, by the encoder alone " + means);
  }

  @Test
  void theSameRhythmsSettleAtTheSamePlaces() throws IOException {
    RhythmModel model = RhythmModel.read(FILE);
    Rhythm rhythm = struck(model, model.decode(new float[] {0.5f, -0.5f}));
    RhythmModel.Place encoded = model.encode(rhythm);
    LatentSearch search = new LatentSearch(model);
    float[][] one = search.settle(List.of(rhythm), List.of(encoded));
    float[][] two = search.settle(List.of(rhythm, rhythm), List.of(encoded, encoded));
    assertArrayEquals(one[0], two[1]);
    assertEquals(2, two.length);
  }

  private static int wrong(RhythmModel model, Rhythm rhythm, float[] place) {
    boolean[] strikes = model.strikes(model.decode(place));
    int wrong = 0;
    for (int i = 0; i < strikes.length; i++) {
      wrong += strikes[i] == rhythm.onset()[i] > 0 ? 0 : 1;
    }
    return wrong;
  }

  private static Rhythm struck(RhythmModel model, Rhythm decoded) {
    boolean[] strikes = model.strikes(decoded);
    Rhythm rhythm = Rhythm.silent(decoded.grid(), decoded.voices());
    for (int i = 0; i < strikes.length; i++) {
      if (strikes[i]) {
        rhythm.onset()[i] = 1;
        rhythm.velocity()[i] = decoded.velocity()[i];
        rhythm.offset()[i] = decoded.offset()[i];
      }
    }
    return rhythm;
  }
}
