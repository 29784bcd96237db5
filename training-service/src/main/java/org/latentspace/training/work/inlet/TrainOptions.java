package org.latentspace.training.work.inlet;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.latentspace.model.Grid;
import org.latentspace.training.data.Kits;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The options of the command that trains a model. */
@Command(
    name = "training-service/train",
    customSynopsis = "Usage: training-service/train --out FILE [options]",
    separator = " ",
    sortOptions = false,
    usageHelpWidth = 100,
    description = "Trains a rhythm model and writes it as a model file.")
final class TrainOptions {
  private static final String STANDARD_PRESET = "six-robots";

  /** Options with a shorter name than their hyper-parameter. */
  private static final Map<HyperParameter, String> SHORT =
      Map.of(
          HyperParameter.LATENT_SIZE, "--latent", HyperParameter.VALIDATION_SHARE, "--validation");

  /** The hyper-parameters that are options of their own: all but the layers' sizes. */
  private static final List<HyperParameter> PARAMETERS =
      Arrays.stream(HyperParameter.values())
          .filter(each -> !each.name().matches("(EN|DE)CODER_.*"))
          .toList();

  @Option(names = "--out", paramLabel = "FILE", description = "The model file to write.")
  Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Learn from the MIDI files below this folder"
              + " (default: the built-in example set, six robots, 448 bars).")
  Path data;

  @Option(
      names = "--where",
      split = ",",
      paramLabel = "COLUMN=VALUE",
      description =
          "Only files with these values in DIR/info.csv (or one further below);"
              + " a value may end in *.")
  List<String> where = new ArrayList<>();

  @Option(
      names = "--validate-where",
      split = ",",
      paramLabel = "COLUMN=VALUE",
      description = "Validate with these files, hold back none of the others.")
  List<String> validateWhere = new ArrayList<>();

  @Option(
      names = "--kit",
      paramLabel = "NAME|FILE",
      description = "six-robots, general-midi, roland-td, or a file (default: ${DEFAULT-VALUE}).")
  String kit = Kits.SIX_ROBOTS;

  @Option(
      names = "--grid",
      paramLabel = "BARS,BEATS,UNIT,STEPS",
      description = "Bars, beats a bar, beat unit, steps a beat (default: 2,4,4,12).")
  Grid grid = Grid.STANDARD;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "six-robots (default, small), rhythm-vae (as published), groove-2 or groove-32"
              + " (for thousands of windows).")
  HyperParameters hyper = HyperParameters.preset(STANDARD_PRESET);

  @Option(
      names = "--layers",
      paramLabel = "A,B,C,D",
      description = "Neurons: encoder branch, encoder trunk, decoder trunk, decoder branch.")
  HyperParameters.Layers layers;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random.")
  Long seed;

  @Option(names = "--from", paramLabel = "FILE", description = "Continue from this model file.")
  Path from;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Keep here what is needed to go on, and go on with it if it is there.")
  Path checkpoint;

  @Option(names = "--version", paramLabel = "NAME", description = "Written into the file.")
  String version = "six-robots-2";

  @Option(names = "--licence", paramLabel = "TEXT", description = "Written into the file.")
  String licence = "GPL-3.0-or-later";

  @Option(names = "--attribution", paramLabel = "TEXT", description = "Written into the file.")
  String attribution = "Latent Space Explorer: grooves for six robotic percussion instruments";

  @Option(names = "--note", paramLabel = "TEXT", description = "Written into the file.")
  String note = "";

  @Option(
      names = "--evaluate",
      paramLabel = "FILE",
      description = "No training: score a model file on the data.")
  Path evaluate;

  @Option(names = "--json", description = "The score card as JSON.")
  boolean json;

  @Option(
      names = "--write-examples",
      paramLabel = "DIR",
      description = "No training: write the example set's MIDI files.")
  Path writeExamples;

  @Option(names = "--help", usageHelp = true, description = "Show these options.")
  boolean help;

  /** Throws IllegalArgumentException, in one line, for an option that is unknown or wrong. */
  static TrainOptions parse(String... arguments) {
    TrainOptions options = new TrainOptions();
    try {
      options.take(options.commandLine().parseArgs(arguments));
    } catch (ParameterException wrong) {
      throw new IllegalArgumentException(wrong.getMessage() + "; see --help", wrong);
    }
    return options;
  }

  static void printHelp(PrintStream screen) {
    new TrainOptions().commandLine().usage(screen);
  }

  private CommandLine commandLine() {
    CommandSpec spec = CommandSpec.forAnnotatedObject(this);
    for (HyperParameter parameter : PARAMETERS) {
      spec.addOption(
          OptionSpec.builder(option(parameter))
              .paramLabel(parameter.isWhole() ? "N" : "X")
              .type(Double.class)
              .converters(text -> value(parameter, text))
              .description(parameter.description())
              .build());
    }
    return new CommandLine(spec)
        .registerConverter(Grid.class, TrainOptions::grid)
        .registerConverter(HyperParameters.class, text -> orSay(() -> HyperParameters.preset(text)))
        .registerConverter(HyperParameters.Layers.class, TrainOptions::layers)
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true);
  }

  private static String option(HyperParameter parameter) {
    return SHORT.getOrDefault(parameter, "--" + parameter.label().replace('_', '-'));
  }

  private static Double value(HyperParameter parameter, String text) {
    return orSay(
        () -> HyperParameters.preset(STANDARD_PRESET).with(parameter, number(text)).get(parameter));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException("'" + text + "' is not a number", none);
    }
  }

  private void take(ParseResult given) {
    for (HyperParameter each : PARAMETERS) {
      Double value = given.matchedOptionValue(option(each), null);
      hyper = value == null ? hyper : hyper.with(each, value);
    }
    if (layers != null) {
      hyper = hyper.with(layers).with(HyperParameter.LATENT_SIZE, hyper.layers().latent());
    }
    hyper = seed == null ? hyper : hyper.withSeed(seed);
    if (!help && out == null && evaluate == null && writeExamples == null) {
      throw new IllegalArgumentException("--out FILE is missing; see --help");
    }
  }

  /** What is wrong with a value, so that the line that ends the command says it. */
  private static <T> T orSay(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw new TypeConversionException(wrong.getMessage());
    }
  }

  /** BARS,BEATS,UNIT,STEPS. */
  private static Grid grid(String text) {
    int[] n = fourNumbers(text);
    return orSay(() -> new Grid(n[0], n[1], n[2], n[3]));
  }

  /** Numbers of neurons: A,B,C,D; the latent size is another option's. */
  private static HyperParameters.Layers layers(String text) {
    int[] n = fourNumbers(text);
    HyperParameters usual = HyperParameters.preset(STANDARD_PRESET);
    int latent = usual.layers().latent();
    return orSay(
        () -> usual.with(new HyperParameters.Layers(n[0], n[1], latent, n[2], n[3])).layers());
  }

  private static int[] fourNumbers(String text) {
    if (!text.matches("\\d{1,9}(,\\d{1,9}){3}")) {
      throw new TypeConversionException("'" + text + "' is not 4 numbers a,b,c,d");
    }
    return Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
