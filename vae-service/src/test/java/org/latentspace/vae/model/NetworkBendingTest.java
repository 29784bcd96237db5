package org.latentspace.vae.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.model.DenseLayer;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.rhythm.RhythmTensor;

class NetworkBendingTest {
  private static final RandomModel.Size SIZE =
      new RandomModel.Size(new Grid(1, 4, 4, 4), List.of("kick", "snare", "hat"), 2, 64);

  private final Model model = RandomModel.of(SIZE, "random", 1);
  private final ActiveModel activeModel = new ActiveModel();

  @Test
  void noAmountIsTheModelItself() {
    assertSame(model, new NetworkBending(0, 7).bend(model));
  }

  @Test
  void bendsEachWeightTensorByItsOwnDeviationAndNothingElse() {
    Model bent = new NetworkBending(0.5f, 7).bend(model);
    DenseLayer before = model.networks().decoder().onset().get(1);
    DenseLayer after = bent.networks().decoder().onset().get(1);
    assertSame(before.bias(), after.bias());
    assertSame(model.networks().encoder(), bent.networks().encoder());
    double weights = 0;
    double noise = 0;
    for (int i = 0; i < before.in(); i++) {
      for (int o = 0; o < before.out(); o++) {
        weights += Math.pow(before.rows()[i][o], 2);
        noise += Math.pow(after.rows()[i][o] - before.rows()[i][o], 2);
      }
    }
    assertEquals(0.5, Math.sqrt(noise / weights), 0.02);
    assertEquals("{\"amount\":0.5,\"seed\":7}", bent.metadata().get("bending"));
    assertFalse(model.metadata().containsKey("bending"));
    assertEquals(model.version(), bent.version());
  }

  @Test
  void theSameSeedBendsInTheSameWay() {
    float[] plain = onsets(model);
    float[] once = onsets(new NetworkBending(0.3f, 7).bend(model));
    assertArrayEquals(once, onsets(new NetworkBending(0.3f, 7).bend(model)));
    assertFalse(Arrays.equals(once, onsets(new NetworkBending(0.3f, 8).bend(model))));
    assertFalse(Arrays.equals(once, plain));
    assertArrayEquals(plain, onsets(model));
  }

  @Test
  void bendingTwiceStartsFromTheModelAndNoAmountBringsItBack() throws Exception {
    activeModel.put("random", model);
    activeModel.bend(new NetworkBending(1, 1));
    Model bent = activeModel.bend(new NetworkBending(0.3f, 7)).model();
    assertNotSame(model, bent);
    assertArrayEquals(onsets(new NetworkBending(0.3f, 7).bend(model)), onsets(bent));
    activeModel.setThresholds(new float[] {0.1f, 0.2f, 0.3f});
    assertSame(bent, activeModel.playing().model());
    assertSame(model, activeModel.playing().unbent());
    activeModel.bend(new NetworkBending(0, 0));
    assertSame(model, activeModel.playing().model());
    assertArrayEquals(new float[] {0.1f, 0.2f, 0.3f}, activeModel.playing().thresholds());
  }

  @Test
  void aNewModelPlaysUnbent() throws ModelFault {
    activeModel.put("random", model);
    activeModel.bend(new NetworkBending(0.5f, 1));
    Model next = RandomModel.of(SIZE, "next", 2);
    activeModel.put("next", next);
    assertSame(next, activeModel.playing().model());
    assertSame(next, activeModel.playing().unbent());
  }

  @Test
  void nothingCanBeBentWithoutAModelAndWhatOverflowsIsNotPlayed() throws ModelFault {
    assertThrows(IllegalStateException.class, () -> activeModel.bend(new NetworkBending(0.5f, 1)));
    Model wide = OneNote.of("wide", 0, 2, 0.5f);
    activeModel.put("wide", wide);
    // Absurd, but for the zeros of the next layer.
    wide.networks().decoder().trunk().get(0).rows()[0][0] = Float.MAX_VALUE;
    wide.networks().decoder().onset().get(0).rows()[1][0] = 1e30f;
    ModelFault fault =
        assertThrows(ModelFault.class, () -> activeModel.bend(new NetworkBending(2, 1)));
    assertTrue(fault.getMessage().contains("not finite"), fault.getMessage());
    assertSame(wide, activeModel.playing().model());
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 2.1f, Float.NaN})
  void refusesAnAmountOutOfRange(float amount) {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> new NetworkBending(amount, 1));
    assertEquals("amount is " + amount + ", must be 0..2.0", fault.getMessage());
  }

  private static float[] onsets(Model model) {
    RhythmTensor tensor = new RhythmTensor(model.grid().steps(), model.voices().size());
    new Decoder(model).decode(new float[] {0.3f, -0.4f}, tensor);
    return tensor.onset();
  }
}
