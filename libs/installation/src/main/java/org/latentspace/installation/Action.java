package org.latentspace.installation;

import static org.latentspace.installation.Action.Target.ENSEMBLE;
import static org.latentspace.installation.Action.Target.PERFORMER;
import static org.latentspace.installation.Action.Target.ROBOT;
import static org.latentspace.installation.Action.Target.SONG;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be controlled from outside, by pads, pedals, controllers and OSC: the one list of it,
 * with the range of each.
 */
public enum Action {
  PLAY(SONG, Kind.SWITCH, "The song plays; off: it is stopped."),
  TEMPO(SONG, 20, 300, "Quarter notes a minute."),
  TAP(SONG, Kind.PRESS, "A beat, now; the second one and those after it are the tempo."),
  TEMPO_SOURCE(SONG, List.of("internal", "midi", "link"), "Which clock leads the tempo."),
  TRANSPORT_SOURCE(SONG, List.of("internal", "midi", "link"), "Which clock starts and stops."),
  LINK_OFFSET_MS(SONG, -1000, 1000, "Milliseconds that beats come later than Ableton Link's."),
  RECORD(SONG, Kind.SWITCH, "Played loops are recorded for the data set."),
  PANIC(SONG, Kind.PRESS, "All notes off on every port, and stop."),

  KEEP_HEARD(
      EnumSet.of(ENSEMBLE),
      Kind.AMOUNT,
      1,
      64,
      List.of(),
      "So many of the bars that were just struck become data."),
  MUTE(EnumSet.of(ENSEMBLE, ROBOT), Kind.SWITCH, "Strikes nothing."),
  SOLO(EnumSet.of(ENSEMBLE, ROBOT), Kind.SWITCH, "The others without solo strike nothing."),
  SHUFFLE(ENSEMBLE, 0, 1, "0: straight; 1: every second step at the triplet's place."),
  NUDGE_MS(ENSEMBLE, -500, 500, "Milliseconds that everything is struck later."),
  TAKE_OVER(ENSEMBLE, List.of("cell", "beat", "bar"), "Where a new rhythm takes over."),

  MODE(PERFORMER, List.of("predict", "select"), "The mapping or the hand places the point."),
  SENDING(
      PERFORMER,
      List.of("auto", "manual"),
      "The point is handed on with every frame, or when told."),
  SEND(PERFORMER, Kind.PRESS, "Hands the point on now."),
  MOTION(PERFORMER, List.of("position", "movement"), "The position is a place or a velocity."),
  BOUNDS(PERFORMER, List.of("clamp", "reflect", "wrap"), "What movement does at the edge."),
  MAX_SPEED(PERFORMER, 0.01, 10, "Movement: position units a second at full deflection."),
  REST_MS(PERFORMER, 0, 10_000, "Movement: time constant of coming to rest in silence."),
  AUTONOMY(PERFORMER, 0, 1, "How much the point drifts when nobody plays."),
  X(PERFORMER, 0, 1, "Where the hand puts the point, from left to right."),
  Y(PERFORMER, 0, 1, "Where the hand puts the point, from below to above."),
  NOISE(PERFORMER, 0, 2, "The hand's noise around the point."),
  Z_RAMP_MS(PERFORMER, 0, 5000, "The hand's time for the glide to the point."),

  TEMPERATURE(PERFORMER, 0.1, 4, "Below 1 the surest strokes alone, above 1 rarer ones too."),
  THRESHOLD_SHIFT(PERFORMER, -1, 1, "Added to the threshold of every voice; 0: the model's own."),
  SAMPLING(PERFORMER, Kind.SWITCH, "Strokes are drawn by their probability."),

  PRESET(PERFORMER, Kind.TEXT, "Goes to the preset of this name."),
  NEXT_PRESET(PERFORMER, Kind.PRESS, "Goes to the next preset by name, after the last the first."),
  PREVIOUS_PRESET(PERFORMER, Kind.PRESS, "Goes to the preset before."),

  HOLD(PERFORMER, Kind.HOLD, "Begins a pair when it goes down, ends it when it comes up."),
  ADD(PERFORMER, Kind.PRESS, "A pair of what was played just now."),
  UNDO(PERFORMER, Kind.PRESS, "Takes the newest change of the pairs back."),
  CLEAR(PERFORMER, Kind.PRESS, "Takes all pairs away."),
  FIT(PERFORMER, Kind.PRESS, "Fits a mapping to the pairs."),
  AUTO_FIT(PERFORMER, Kind.SWITCH, "Fits again after every change of the pairs."),
  AUDITION(
      PERFORMER, Kind.PRESS, "To the next pair's outputs, from the first to the last and round.");

  /** What it is done to. */
  public enum Target {
    SONG,
    PERFORMER,
    ENSEMBLE,
    ROBOT;

    /** As files and addresses say it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What it is told. */
  public enum Kind {
    /** Nothing: it is done once. */
    PRESS,
    /** On or off. */
    SWITCH,
    /** On as long as it is down. */
    HOLD,
    /** A number in a range. */
    NUMBER,
    /** Of how much it is done, once: a number in a range that does not last. */
    AMOUNT,
    /** One of some words. */
    CHOICE,
    /** A name. */
    TEXT
  }

  private final Set<Target> targets;
  private final Kind kind;
  private final double least;
  private final double most;
  private final List<String> choices;
  private final String sentence;

  Action(Set<Target> targets, Kind kind, String sentence) {
    this(targets, kind, 0, 1, List.of(), sentence);
  }

  Action(Target target, Kind kind, String sentence) {
    this(EnumSet.of(target), kind, sentence);
  }

  Action(Target target, double least, double most, String sentence) {
    this(EnumSet.of(target), Kind.NUMBER, least, most, List.of(), sentence);
  }

  Action(Target target, List<String> choices, String sentence) {
    this(EnumSet.of(target), Kind.CHOICE, 0, 1, choices, sentence);
  }

  Action(
      Set<Target> targets,
      Kind kind,
      double least,
      double most,
      List<String> choices,
      String sentence) {
    this.targets = Set.copyOf(targets);
    this.kind = kind;
    this.least = least;
    this.most = most;
    this.choices = choices;
    this.sentence = sentence;
  }

  /** As files and addresses say it, such as "next-preset". */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words of all, in their order. */
  public static Stream<String> words() {
    return Arrays.stream(values()).map(Action::word);
  }

  /** The one of that word; null for any other. */
  public static Action of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findAny().orElse(null);
  }

  public Set<Target> targets() {
    return targets;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether there is a value of it that lasts. */
  public boolean lasts() {
    return kind != Kind.PRESS && kind != Kind.HOLD && kind != Kind.AMOUNT;
  }

  /** Of a number. */
  public double least() {
    return least;
  }

  /** Of a number. */
  public double most() {
    return most;
  }

  /** The words of a choice. */
  public List<String> choices() {
    return choices;
  }

  /** What it is for. */
  public String sentence() {
    return sentence;
  }
}
