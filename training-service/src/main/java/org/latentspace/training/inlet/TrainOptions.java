package org.latentspace.training.inlet;

import java.nio.file.Path;
import org.latentspace.training.rhythm.Grid;
import org.latentspace.training.vae.HyperParameters;
import org.latentspace.training.vae.HyperParameters.Layers;
import org.latentspace.training.vae.HyperParameters.Weights;

/** What the command line asks of a training. */
final class TrainOptions {
  static final String HELP =
      """
      Usage: training-service/train --out FILE [options]
        Trains a rhythm model and writes it as a model file.

        --out FILE             the model file to write
        --data DIR             learn from the MIDI files below this folder
                               (default: the built-in example set, six robots, 448 bars)
        --kit NAME|FILE        six-robots, general-midi, roland-td, or a file (default six-robots)
        --grid BARS,BEATS,UNIT,STEPS   e.g. 2,4,4,12 (default): bars, beats a bar, beat unit,
                               steps a beat
        --min-onsets N         leave out windows with fewer strokes (default 1)
        --preset NAME          six-robots (default, small) or rhythm-vae (as published)
        --layers A,B,C,D       neurons: encoder branch, encoder trunk, decoder trunk, decoder branch
        --latent N             size of the latent space, 2..32
        --epochs N  --batch N  --learning-rate X  --seed N
        --beta X               weight of the KL divergence
        --velocity-weight X  --offset-weight X
        --guide X              0..0.99: density along x, loudness along y
        --augment X            0..1: examples louder, softer, with strokes hidden
        --validation X         share of the pieces held out, 0..0.9
        --version NAME         written into the file
        --licence TEXT  --attribution TEXT
        --evaluate FILE        no training: score a model file on the data
        --write-examples DIR   no training: write the example set's MIDI files anew
        --help
      """;

  Path out;
  Path data;
  Path evaluate;
  Path writeExamples;
  String kit = "six-robots";
  Grid grid = Grid.STANDARD;
  int minOnsets = 1;
  String version = "six-robots-1";
  String licence = "GPL-3.0-or-later";
  String attribution = "Latent Space Explorer: grooves for six robotic percussion instruments";
  boolean help;
  HyperParameters hyper = HyperParameters.SIX_ROBOTS;

  /** Throws IllegalArgumentException, in one line, for an option that is unknown or wrong. */
  static TrainOptions parse(String... arguments) {
    TrainOptions options = new TrainOptions();
    for (int i = 0; i < arguments.length; i++) {
      if ("--preset".equals(arguments[i])) {
        options.set(arguments[i], value(arguments, i));
      }
    }
    for (int i = 0; i < arguments.length; i++) {
      if ("--help".equals(arguments[i])) {
        options.help = true;
        return options;
      }
      String value = value(arguments, i);
      try {
        options.set(arguments[i], value);
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException(arguments[i] + " " + value + ": not a number");
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(arguments[i] + ": " + wrong.getMessage(), wrong);
      }
      i++;
    }
    if (options.out == null && options.evaluate == null && options.writeExamples == null) {
      throw new IllegalArgumentException("--out FILE is missing; see --help");
    }
    return options;
  }

  private static String value(String[] arguments, int i) {
    if (!HELP.contains(arguments[i] + " ") || !arguments[i].startsWith("--")) {
      throw new IllegalArgumentException("unknown option " + arguments[i] + "; see --help");
    }
    if (i + 1 >= arguments.length) {
      throw new IllegalArgumentException(arguments[i] + " needs a value");
    }
    return arguments[i + 1];
  }

  private void set(String option, String value) {
    switch (option) {
      case "--out" -> out = Path.of(value);
      case "--data" -> data = Path.of(value);
      case "--evaluate" -> evaluate = Path.of(value);
      case "--write-examples" -> writeExamples = Path.of(value);
      case "--kit" -> kit = value;
      case "--grid" -> grid = grid(value);
      case "--min-onsets" -> minOnsets = Integer.parseInt(value);
      case "--version" -> version = value;
      case "--licence" -> licence = value;
      case "--attribution" -> attribution = value;
      case "--preset" -> hyper = preset(value);
      default -> hyper = change(hyper, option, value);
    }
  }

  private static HyperParameters preset(String name) {
    return switch (name) {
      case "six-robots" -> HyperParameters.SIX_ROBOTS;
      case "rhythm-vae" -> HyperParameters.RHYTHM_VAE;
      default -> throw new IllegalArgumentException(name + " is not six-robots or rhythm-vae");
    };
  }

  private static HyperParameters change(HyperParameters h, String option, String value) {
    Layers layers = h.layers();
    Weights weights = h.weights();
    int epochs = h.epochs();
    int batch = h.batch();
    double rate = h.learningRate();
    double guide = h.guide();
    double augment = h.augment();
    double validation = h.validation();
    long seed = h.seed();
    switch (option) {
      case "--layers" -> {
        int[] n = integers(value, 4);
        layers = new Layers(n[0], n[1], layers.latent(), n[2], n[3]);
      }
      case "--latent" -> layers = layers.withLatent(Integer.parseInt(value));
      case "--epochs" -> epochs = Integer.parseInt(value);
      case "--batch" -> batch = Integer.parseInt(value);
      case "--learning-rate" -> rate = Double.parseDouble(value);
      case "--seed" -> seed = Long.parseLong(value);
      case "--beta" ->
          weights = new Weights(weights.velocity(), weights.offset(), Double.parseDouble(value));
      case "--velocity-weight" ->
          weights = new Weights(Double.parseDouble(value), weights.offset(), weights.beta());
      case "--offset-weight" ->
          weights = new Weights(weights.velocity(), Double.parseDouble(value), weights.beta());
      case "--guide" -> guide = Double.parseDouble(value);
      case "--augment" -> augment = Double.parseDouble(value);
      case "--validation" -> validation = Double.parseDouble(value);
      default -> throw new IllegalArgumentException("unknown option; see --help");
    }
    return new HyperParameters(
        layers, epochs, batch, rate, weights, guide, augment, validation, seed);
  }

  private static Grid grid(String value) {
    int[] n = integers(value, 4);
    return new Grid(n[0], n[1], n[2], n[3]);
  }

  private static int[] integers(String value, int count) {
    String[] words = value.split(",", -1);
    if (words.length != count) {
      throw new IllegalArgumentException("'" + value + "' is not " + count + " numbers a,b,...");
    }
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Integer.parseInt(words[i].strip());
    }
    return numbers;
  }
}
