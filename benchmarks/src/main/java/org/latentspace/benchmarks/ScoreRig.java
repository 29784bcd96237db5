package org.latentspace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.latentspace.model.Grid;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Windows;
import org.latentspace.training.score.ScoreCard.Strokes;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.vae.Trainer;
import org.latentspace.training.work.Training;
import org.latentspace.training.work.WorkOrder;

/**
 * Question: how long does it take from the last epoch to the model with its score card? Fixture:
 * the example set on 96 steps x 9 voices (864 cells), preset rhythm-vae, one epoch a training.
 * Prints each time, what the processors spent, and the SHA-256 of the model file, card included:
 * the same before and after a change that only makes it faster.
 *
 * <p>Usage: ScoreRig [trainings]
 */
public final class ScoreRig {
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Nine voices, as the Groove MIDI Dataset has; the example set plays six of them. */
  private static final String KIT =
      "kick = 36\nsnare = 38\nclosed-hat = 42\nopen-hat = 46\nlow-tom = 45\nmid-tom = 47\n"
          + "high-tom = 50\nclap = 39\nride = 51";

  private ScoreRig() {}

  public static void main(String[] args) throws Exception {
    int trainings = args.length == 0 ? 5 : Integer.parseInt(args[0]);
    HyperParameters hyper =
        HyperParameters.preset("rhythm-vae").with(HyperParameter.EPOCHS, 1).withSeed(1);
    KitMap kit = KitMap.parse(KIT);
    Windows windows = new Windows(Grid.STANDARD, kit, 1);
    BuiltIn.files().forEach(file -> windows.add(file.song()));
    DataSet data = DataSet.of(Grid.STANDARD, kit, windows.cut());
    DataSet.Split split = Training.split(data, 0.125, hyper.seed());
    WorkOrder order =
        new WorkOrder(
            new WorkOrder.Label("rig", "GPL-3.0-or-later", "", ""),
            Grid.STANDARD,
            kit.voices(),
            hyper,
            data.digest(),
            Strokes.NONE,
            1);
    double[] seconds = new double[trainings];
    for (int i = 0; i < trainings; i++) {
      LastEpoch last = new LastEpoch();
      Training.Trained trained =
          new Training(order)
              .train(new Trainer.Materials(split.training(), split.validation(), null), null, last);
      seconds[i] = (System.nanoTime() - last.ended) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d windows: %.2f s, %.2f s of the processors, %s%n",
          data.examples().size(),
          seconds[i],
          (MACHINE.getProcessCpuTime() - last.taken) / 1e9,
          sum(trained));
    }
    Arrays.sort(seconds);
    System.out.printf(Locale.ROOT, "median %.2f s%n", seconds[trainings / 2]);
  }

  private static String sum(Training.Trained trained) throws Exception {
    byte[] file = trained.model().write();
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(file);
    return HexFormat.of().formatHex(sum, 0, 8);
  }

  /** Knows when the last epoch ended. */
  private static final class LastEpoch implements Trainer.Listener {
    private long ended;
    private long taken;

    @Override
    public boolean goesOn() {
      return true;
    }

    @Override
    public void heard(Trainer.Progress progress) {
      ended = System.nanoTime();
      taken = MACHINE.getProcessCpuTime();
    }

    @Override
    public void remark(String line) {
      System.out.println(line);
    }
  }
}
