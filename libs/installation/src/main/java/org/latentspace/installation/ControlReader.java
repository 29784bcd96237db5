package org.latentspace.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latentspace.installation.Action.Kind;
import org.latentspace.installation.Action.Target;
import org.latentspace.performer.Name;

/** Reads the section of controls. */
final class ControlReader {
  private static final int MOST = 256;
  private static final int MOST_MEAN_MS = 10_000;
  private static final int MEAN_MS = 500;
  private static final String A_KEY =
      "{note: 0..127} or {controller: 0..127}, channel: 1..16 beside it if not any";
  private static final List<String> KEYS =
      List.of(
          "midi-in",
          "on",
          "osc",
          "does",
          "performer",
          "ensemble",
          "robot",
          "to",
          "range",
          "mean-ms",
          "feedback");

  // No pattern of OSC: it is the address of one thing.
  private static final Pattern ADDRESS = Pattern.compile("/[!-~&&[^ #*,?\\[\\]{}]]{1,254}");

  private final List<String> mistakes;
  private final Map<Target, List<String>> names;

  /**
   * @param mistakes gets a line for all that is wrong
   * @param names of the performers, ensembles and robots that there are; none: any
   */
  ControlReader(List<String> mistakes, Map<Target, List<String>> names) {
    this.mistakes = mistakes;
    this.names = names;
  }

  List<ControlPart> controls(SectionReader file) {
    if (file.names("teaching")) {
      mistakes.add(
          "teaching: is called controls; does: select is does: mode with to: select there, predict"
              + " the same");
    }
    List<ControlPart> controls = new ArrayList<>();
    JsonNode list = file.at("controls");
    if (file.has("controls")
        && file.require(
            list.isArray() && list.size() <= MOST, "controls", list, "a list of at most " + MOST)) {
      for (int i = 0; i < list.size(); i++) {
        controls.add(control(list.get(i), "controls[" + i + "]"));
      }
    }
    return List.copyOf(controls);
  }

  ControlPart control(JsonNode node, String where) {
    SectionReader keys = new SectionReader(mistakes, where, node, KEYS);
    boolean byOsc = keys.names("osc");
    keys.require(
        !byOsc || !(keys.names("midi-in") || keys.names("on") || keys.names("feedback")),
        keys.path("osc"),
        keys.at("osc"),
        "alone, without midi-in, on and feedback");
    Action action = action(keys);
    Target target = target(keys, action);
    boolean isNumber = action.kind() == Kind.NUMBER;
    double[] range = range(keys, action);
    only(keys, "mean-ms", action == Action.ADD, "only where does is add");
    return new ControlPart(
        byOsc ? "" : keys.text("midi-in", text -> !text.isBlank(), "part of a MIDI input's name"),
        byOsc ? null : key(keys, "on"),
        byOsc ? keys.text("osc", ADDRESS.asMatchPredicate(), "an OSC address such as /room/1") : "",
        action,
        target,
        name(keys, target),
        to(keys, action),
        range[0],
        range[1],
        isNumber && keys.names("range"),
        keys.names("mean-ms") ? keys.whole("mean-ms", 0, MOST_MEAN_MS) : MEAN_MS,
        keys.names("feedback") && !byOsc ? key(keys, "feedback") : null);
  }

  private static Action action(SectionReader keys) {
    List<String> words = Action.words().toList();
    String does = keys.text("does", words::contains, "one of " + String.join(", ", words));
    return does.isEmpty() ? Action.PANIC : Action.of(does);
  }

  /** Which of the three is named; where none is, what there is only one of. */
  private Target target(SectionReader keys, Action action) {
    Set<Target> right = action.targets();
    List<Target> named =
        Arrays.stream(Target.values()).filter(each -> keys.names(each.word())).toList();
    for (Target each : named) {
      keys.require(
          right.contains(each) && named.size() == 1,
          keys.path(each.word()),
          keys.at(each.word()),
          right.contains(Target.SONG)
              ? "left out where does is " + action.word()
              : "the only one of "
                  + right.stream().map(Target::word).sorted().collect(Collectors.joining(", ")));
    }
    if (named.size() == 1 && right.contains(named.get(0))) {
      return named.get(0);
    }
    return right.contains(Target.ENSEMBLE) ? Target.ENSEMBLE : right.iterator().next();
  }

  private String name(SectionReader keys, Target target) {
    List<String> known = names.getOrDefault(target, List.of());
    boolean needless = known.size() == 1 || (target == Target.ENSEMBLE && known.isEmpty());
    if (target == Target.SONG || (needless && !keys.names(target.word()))) {
      return known.isEmpty() ? "" : known.get(0);
    }
    Predicate<String> rule = known.isEmpty() ? Name::isValid : known::contains;
    return keys.text(
        target.word(), rule, known.isEmpty() ? Name.RULE : "one of " + String.join(", ", known));
  }

  private static MidiKey key(SectionReader keys, String name) {
    SectionReader on = keys.section(name, List.of("note", "controller", "channel"));
    boolean note = on.names("note");
    boolean either =
        keys.at(name).isObject()
            && on.require(note != on.names("controller"), keys.path(name), keys.at(name), A_KEY);
    return new MidiKey(
        note,
        either ? on.whole(note ? "note" : "controller", 0, 127) : 0,
        on.names("channel") ? on.whole("channel", 1, 16) : 0);
  }

  private double[] range(SectionReader keys, Action action) {
    double[] range = {action.least(), action.most()};
    only(
        keys,
        "range",
        action.kind() == Kind.NUMBER && !keys.names("to"),
        "only where a number is set, and without to");
    JsonNode list = keys.at("range");
    if (keys.has("range")
        && keys.require(
            list.isArray() && list.size() == 2, keys.path("range"), list, "[low, high]")) {
      for (int i = 0; i < 2; i++) {
        String place = keys.path("range") + "[" + i + "]";
        range[i] = keys.number(place, list.get(i), action.least(), action.most());
      }
    }
    return range;
  }

  private String to(SectionReader keys, Action action) {
    if (!keys.names("to")) {
      // A name or a choice does not come out of a pedal; a choice goes to the next one.
      boolean needed = action.kind() == Kind.TEXT || action.kind() == Kind.AMOUNT;
      return needed && !keys.names("osc") ? keys.text("to") : "";
    }
    return switch (action.kind()) {
      case NUMBER, AMOUNT ->
          Double.toString(
              keys.number(keys.path("to"), keys.at("to"), action.least(), action.most()));
      case SWITCH -> Boolean.toString(keys.flag("to"));
      case CHOICE ->
          keys.text(
              "to", action.choices()::contains, "one of " + String.join(", ", action.choices()));
      case TEXT -> keys.text("to", Name::isValid, Name.RULE);
      default -> {
        only(keys, "to", false, "left out where does is " + action.word());
        yield "";
      }
    };
  }

  private void only(SectionReader keys, String key, boolean allowed, String right) {
    keys.require(!keys.names(key) || allowed, keys.path(key), keys.at(key), right);
  }
}
