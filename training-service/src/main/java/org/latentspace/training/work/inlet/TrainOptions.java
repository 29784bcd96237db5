package org.latentspace.training.work.inlet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latentspace.model.Grid;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;

/** What the command line asks of a training. */
final class TrainOptions {
  /** Options with a shorter name than their knob. */
  private static final Map<String, String> SHORT =
      Map.of("latent", "latent_size", "validation", "validation_share");

  static final String HELP =
      """
      Usage: training-service/train --out FILE [options]
        Trains a rhythm model and writes it as a model file.

        --out FILE             the model file to write
        --data DIR             learn from the MIDI files below this folder
                               (default: the built-in example set, six robots, 448 bars)
        --where COLUMN=VALUE,...   only files whose line in DIR/info.csv (or one further below)
                               says so; a value may end in *
        --validate-where COLUMN=VALUE,...   judge by these files, hold back none of the others
        --kit NAME|FILE        six-robots, general-midi, roland-td, or a file (default six-robots)
        --grid BARS,BEATS,UNIT,STEPS   e.g. 2,4,4,12 (default): bars, beats a bar, beat unit,
                               steps a beat
        --min-onsets N         leave out windows with fewer strokes (default 1)
        --preset NAME          six-robots (default, small), rhythm-vae (as published), groove-2 or
                               groove-32 (for thousands of windows)
        --layers A,B,C,D       neurons: encoder branch, encoder trunk, decoder trunk, decoder branch
        --latent N             size of the latent space, 2..32
        --epochs N  --batch N  --learning-rate X  --seed N
        --beta X               weight of the KL divergence
        --warm-up X            0..1: share of the epochs over which it rises to that
        --velocity-weight X  --offset-weight X   weights of the other parts of the loss
        --offset-edge X        errors of an offset count squared below this, straight above; 0: squared
        --guide X              0..0.99: density along x, loudness along y
        --augment X            0..1: examples louder, softer, with strokes hidden
        --hide X               0..0.9: more strokes hidden from the encoder
        --turn X               0..1: share of the examples that begin with another bar
        --repeat N             fewest batches an epoch: small data sets are dealt several times
        --validation X         share of the pieces held out, 0..0.9
        --patience N           end after N epochs without a better validation loss; 0: never
        --from FILE            continue from this model file
        --checkpoint FILE      keep here what is needed to go on, and go on with it if it is there
        --version NAME         written into the file
        --licence TEXT  --attribution TEXT  --note TEXT
        --evaluate FILE        no training: score a model file on the data
        --json                 the score card as JSON
        --write-examples DIR   no training: write the example set's MIDI files
        --help
      """;

  Path out;
  Path data;
  Path evaluate;
  Path writeExamples;
  String kit = "six-robots";
  Grid grid = Grid.STANDARD;
  String version = "six-robots-2";
  String note = "";
  String licence = "GPL-3.0-or-later";
  String attribution = "Latent Space Explorer: grooves for six robotic percussion instruments";
  final List<String> where = new ArrayList<>();
  final List<String> validateWhere = new ArrayList<>();
  Path from;
  Path checkpoint;
  boolean json;
  boolean help;
  HyperParameters hyper = HyperParameters.preset("six-robots");

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
      if ("--json".equals(arguments[i])) {
        options.json = true;
        continue;
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
      case "--from" -> from = Path.of(value);
      case "--checkpoint" -> checkpoint = Path.of(value);
      case "--where" -> where.addAll(List.of(value.split(",", -1)));
      case "--validate-where" -> validateWhere.addAll(List.of(value.split(",", -1)));
      case "--kit" -> kit = value;
      case "--grid" -> grid = grid(value);
      case "--version" -> version = value;
      case "--licence" -> licence = value;
      case "--attribution" -> attribution = value;
      case "--note" -> note = value;
      case "--preset" -> hyper = HyperParameters.preset(value);
      default -> hyper = change(hyper, option, value);
    }
  }

  private static HyperParameters change(HyperParameters hyper, String option, String value) {
    if ("--seed".equals(option)) {
      return hyper.withSeed(Long.parseLong(value));
    }
    if ("--layers".equals(option)) {
      int[] n = integers(value, 4);
      return hyper.with(
          new HyperParameters.Layers(n[0], n[1], hyper.layers().latent(), n[2], n[3]));
    }
    String parameter = option.substring(2).replace('-', '_');
    return hyper.with(
        HyperParameter.named(SHORT.getOrDefault(parameter, parameter)), Double.parseDouble(value));
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
