package org.latentspace.training.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.model.ModelFileTest;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Windows;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.vae.Trainer;

class TrainingTest {
  private static final Grid GRID = new Grid(2, 4, 4, 4);
  private static final KitMap KIT =
      KitMap.parse(
          "kick = 36\nsnare = 38\nclosed-hat = 42\nopen-hat = 46\nlow-tom = 45\nride = 51");

  @Test
  void twelveClipsAreLearnedByHeart() throws IOException {
    List<Example> clips = clips();
    HyperParameters hyper = HyperParameters.preset("six-robots").with(HyperParameter.EPOCHS, 80);
    DataSet.Split split =
        Training.split(
            new DataSet(GRID, SixRobots.VOICES, clips, GridWriter.Fate.NONE),
            hyper.get(HyperParameter.VALIDATION_SHARE),
            hyper.seed());
    assertEquals(12, split.training().size(), "of so few, none is held back");
    Training.Trained trained =
        new Training(order(hyper))
            .train(
                new Trainer.Materials(split.training(), split.validation(), null),
                null,
                new Silent());
    assertTrue(trained.card().training().all().f1() >= 0.95, trained.card().table());
    assertEquals(80, trained.epochs());
    assertEquals("", trained.card().origin().validationDigest());
  }

  @Test
  void aVersionOfAnotherGridIsNotContinued() {
    Trainer.Materials materials = new Trainer.Materials(clips(), List.of(), ModelFileTest.model(3));
    Training training = new Training(order(HyperParameters.preset("six-robots")));
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class, () -> training.train(materials, null, new Silent()));
    assertTrue(wrong.getMessage().contains("grid or voices"), wrong.getMessage());
  }

  private static WorkOrder order(HyperParameters hyper) {
    return new WorkOrder(
        new WorkOrder.Label("t-1", "GPL-3.0-or-later", "", ""),
        GRID,
        SixRobots.VOICES,
        hyper,
        "digest",
        Strokes.NONE,
        10);
  }

  private static List<Example> clips() {
    List<Example> clips = new ArrayList<>();
    List<Song> songs = SixRobots.songs();
    for (int i = 0; i < 12; i++) {
      clips.add(new Windows(GRID, KIT, 1).add(songs.get(i * 4 + i % 4)).cut().examples().get(2));
    }
    return clips;
  }

  private static final class Silent implements Trainer.Listener {
    @Override
    public boolean goesOn() {
      return true;
    }

    @Override
    public void heard(Trainer.Progress progress) {
      // Nobody looks.
    }

    @Override
    public void remark(String line) {
      // Nobody looks.
    }
  }
}
