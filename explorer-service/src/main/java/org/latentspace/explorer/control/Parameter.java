package org.latentspace.explorer.control;

import java.util.ArrayList;
import java.util.List;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Kind;
import org.latentspace.installation.Action.Target;
import org.latentspace.installation.ControlPart;
import org.latentspace.performer.Name;

/**
 * One thing that can be controlled: an action of a performer, an ensemble, a robot or the song.
 *
 * @param name of what it is done to; of the song empty
 */
public record Parameter(Action action, Target target, String name) {
  /** What all addresses begin with. */
  public static final String ROOT = "/lse";

  /** What a control of the installation's file sets. */
  public static Parameter of(ControlPart control) {
    return new Parameter(control.action(), control.target(), control.name());
  }

  /** All that can be done to one of these. */
  public static List<Parameter> all(Target target, List<String> names) {
    List<Parameter> all = new ArrayList<>();
    for (String name : names) {
      for (Action action : Action.values()) {
        if (action.targets().contains(target)) {
          all.add(new Parameter(action, target, name));
        }
      }
    }
    return all;
  }

  /** Its OSC address: /lse/ACTION of the song, else /lse/TARGET/NAME/ACTION. */
  public String address() {
    String where = target == Target.SONG ? "" : "/" + target.word() + "/" + name;
    return ROOT + where + "/" + action.word();
  }

  /**
   * The parameter of an address, whether or not there is a performer, ensemble or robot of that
   * name.
   *
   * @throws IllegalArgumentException it is none, and what is right
   */
  public static Parameter at(String address) {
    String[] parts = address.substring(1).split("/", -1);
    Action action = Action.of(parts[parts.length - 1]);
    for (Target target : Target.values()) {
      boolean ofSong = target == Target.SONG;
      if (action != null
          && action.targets().contains(target)
          && parts.length == (ofSong ? 2 : 4)
          && (ofSong || (parts[1].equals(target.word()) && Name.isValid(parts[2])))) {
        return new Parameter(action, target, ofSong ? "" : parts[2]);
      }
    }
    throw new IllegalArgumentException(
        "must be "
            + ROOT
            + "/ACTION of the song, or "
            + ROOT
            + "/performer, ensemble or robot/NAME/ACTION (docs/reference/osc.md)");
  }

  /**
   * A value as this parameter takes it.
   *
   * @param value a Number, Boolean or String; null: nothing was said
   * @return null for a press, a Boolean, a Double or a String
   * @throws IllegalArgumentException it is none, and what is right
   */
  public Object checked(Object value) {
    return switch (action.kind()) {
      case PRESS -> null;
      case SWITCH, HOLD -> truth(value);
      case NUMBER, AMOUNT -> number(value);
      case CHOICE -> {
        require(action.choices().contains(value), value, "one of " + action.choices());
        yield value;
      }
      case TEXT -> {
        require(value instanceof String text && Name.isValid(text), value, Name.RULE);
        yield value;
      }
    };
  }

  private Boolean truth(Object value) {
    boolean isNumber = value instanceof Number number && !(number.doubleValue() % 1 != 0);
    double said = isNumber ? ((Number) value).doubleValue() : -1;
    require(value instanceof Boolean || said == 0 || said == 1, value, "true, false, 1 or 0");
    return value instanceof Boolean is ? is : Boolean.valueOf(said == 1);
  }

  private Double number(Object value) {
    double number = value instanceof Number said ? said.doubleValue() : Double.NaN;
    // As 0.1f is a little more than a tenth.
    double plain = value instanceof Float ? Double.parseDouble(value.toString()) : number;
    require(
        plain >= action.least() && plain <= action.most(),
        value,
        action.least() + ".." + action.most());
    return plain;
  }

  private void require(boolean right, Object value, String wanted) {
    if (!right) {
      throw new IllegalArgumentException(
          action.word()
              + "="
              + (value == null ? "(nothing)" : Name.shown(String.valueOf(value)))
              + ": must be "
              + wanted.replace(".0..", "..").replaceAll("\\.0$", ""));
    }
  }

  /**
   * What a press makes of the value that is there: a switch turns over, a choice goes on to the
   * next word, and after the last to the first.
   *
   * @param now null: not known
   */
  public Object next(Object now) {
    if (action.kind() == Kind.CHOICE) {
      List<String> choices = action.choices();
      return now == null
          ? choices.get(0)
          : choices.get((choices.indexOf(now) + 1) % choices.size());
    }
    return action.kind() == Kind.SWITCH ? Boolean.valueOf(!Boolean.TRUE.equals(now)) : null;
  }

  /**
   * What a control sets each time, as it stands in the file.
   *
   * @return null: it sets what comes in
   */
  public static Object fixed(ControlPart control) {
    if (control.to().isEmpty()) {
      return null;
    }
    return switch (control.action().kind()) {
      case SWITCH -> Boolean.valueOf(control.to());
      case NUMBER, AMOUNT -> Double.valueOf(control.to());
      default -> control.to();
    };
  }

  /**
   * How brightly a control's lamp shines: of a number its travel, else all or nothing.
   *
   * @param now the value; null: not known
   * @param down whether the control is down
   * @return 0..127
   */
  public static int lamp(ControlPart control, Object now, boolean down) {
    Object fixed = fixed(control);
    boolean lit;
    if (fixed != null) {
      lit = fixed.equals(now);
    } else if (now instanceof Double number) {
      return (int) Math.round(127 * control.travel(number));
    } else if (control.action().kind() == Kind.CHOICE) {
      lit = now != null && !now.equals(control.action().choices().get(0));
    } else {
      lit = Boolean.TRUE.equals(now) || down;
    }
    return lit ? 127 : 0;
  }
}
