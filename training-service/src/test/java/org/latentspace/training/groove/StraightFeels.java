package org.latentspace.training.groove;

import static org.latentspace.training.groove.SixRobots.CLOSED_HAT;
import static org.latentspace.training.groove.SixRobots.KICK;
import static org.latentspace.training.groove.SixRobots.LOW_TOM;
import static org.latentspace.training.groove.SixRobots.OPEN_HAT;
import static org.latentspace.training.groove.SixRobots.RIDE;
import static org.latentspace.training.groove.SixRobots.SNARE;

import java.util.List;

/** The feels that stand on straight sixteenths: machines, rock, half-time, breaks, drums, rolls. */
final class StraightFeels {
  private static final double[] TIGHT = {0, 0, 0, 0, 0, 0};
  private static final double[] LAID_BACK = {2, 12, -3, 0, 6, 0};
  private static final double[] PUSHING = {-2, -4, -6, -4, -3, -6};

  private StraightFeels() {}

  static List<Feel> all() {
    return List.of(pulse(), fourFloor(), rock(), halfTime(), breakbeat(), toms(), march());
  }

  private static Feel pulse() {
    return new Feel(
        "minimal-pulse",
        96,
        16,
        0.5,
        TIGHT,
        2,
        List.of(
            Pattern.of(
                KICK, "X...............|................", "X.......X.......|X.......X......."),
            Pattern.of(
                SNARE, "................|........x.......", "........x.......|........x.....g."),
            Pattern.of(
                CLOSED_HAT,
                "....o...........|....o...........",
                "x...x...x...x...|x...x...x...x..."),
            Pattern.of(
                LOW_TOM, "................|............o...", "..........x.....|......x.......x."),
            Pattern.of(
                RIDE, "........o.......|................", "....o.......o...|....o.......o...")));
  }

  private static Feel fourFloor() {
    return new Feel(
        "four-floor",
        124,
        16,
        0.5,
        TIGHT,
        3,
        List.of(
            Pattern.of(
                KICK, "X...X...X...X...|X...X...X...X...", "X...X...X...X...|X...X...X...X..x"),
            Pattern.of(
                SNARE, "............x...|............x...", "....X.......X...|....X..g....X..g"),
            Pattern.of(
                CLOSED_HAT,
                "................|................",
                "xo.oxo.oxo.oxo.o|xo.oxo.oxo.oxo.o"),
            Pattern.of(
                OPEN_HAT, "..x...x...x...x.|..x...x...x...x.", "..X...X...X...X.|..X...X...X...X."),
            Pattern.of(
                LOW_TOM, "................|..............o.", "......o.......o.|......x..x..x..."),
            Pattern.of(
                RIDE, "................|................", "................|x...x...x...x...")));
  }

  private static Feel rock() {
    return new Feel(
        "backbeat-rock",
        112,
        16,
        0.5,
        PUSHING,
        6,
        List.of(
            Pattern.of(
                KICK, "X.......x.......|X.......x.x.....", "X..x..x.X.x.....|X..x....x.X...x."),
            Pattern.of(
                SNARE, "....X.......X...|....X.......X...", "....X..g.g..X..g|....X..g.g..X.xx"),
            Pattern.of(
                CLOSED_HAT,
                "x...x...x...x...|x...x...x.......",
                "X.x.X.x.X.x.X.x.|X.x.X.x.X.x....."),
            Pattern.of(
                OPEN_HAT, "................|............o...", "................|............X.x."),
            Pattern.of(
                LOW_TOM, "................|................", "...............o|..............x."),
            Pattern.of(
                RIDE, "x...............|................", "X.......x.......|x.......x.......")));
  }

  private static Feel halfTime() {
    return new Feel(
        "half-time",
        74,
        16,
        0.5,
        LAID_BACK,
        7,
        List.of(
            Pattern.of(
                KICK, "X.........x.....|x...............", "X..x......x..x..|x.x.......X....x"),
            Pattern.of(
                SNARE, "........X.......|........X.......", "........X....g..|...g....X.....go"),
            Pattern.of(
                CLOSED_HAT,
                "x...o...x...o...|x...o...x...o...",
                "xoxoxorrxoxoxoxo|xorrxoxoxoxorrrr"),
            Pattern.of(
                OPEN_HAT, "..............o.|................", "......x.........|..............x."),
            Pattern.of(
                LOW_TOM, "................|............o.o.", "...........o....|..........x.xx.x"),
            Pattern.of(
                RIDE, "................|....o...........", "....o.......o...|....o.......o...")));
  }

  private static Feel breakbeat() {
    return new Feel(
        "breakbeat",
        138,
        16,
        0.54,
        PUSHING,
        5,
        List.of(
            Pattern.of(
                KICK, "X.........x.....|X.........x.....", "X.x.......xx....|X.x.......x..x.."),
            Pattern.of(
                SNARE, "....X.......X...|....X.........X.", "....X..g.g..X..g|.g..X..g.g..g.X."),
            Pattern.of(
                CLOSED_HAT,
                "x...............|x.......x.......",
                "..x.x.x...x.x.x.|x.x.x.x.x.x.x..."),
            Pattern.of(
                OPEN_HAT, "................|..........o.....", "................|..........X....."),
            Pattern.of(
                LOW_TOM, "................|..............o.", "......o.........|.......o....x..x"),
            Pattern.of(
                RIDE, "x.......o.......|................", "x.x.x.x.x.x.x.x.|....x.......x...")));
  }

  private static Feel toms() {
    return new Feel(
        "tom-procession",
        104,
        16,
        0.5,
        LAID_BACK,
        6,
        List.of(
            Pattern.of(
                KICK, "X...............|x...............", "X.....x...x.....|X.....x...x...x."),
            Pattern.of(
                SNARE, "................|............o...", "............x..g|....g.......X.xx"),
            Pattern.of(
                CLOSED_HAT,
                "....o.......o...|....o.......o...",
                "..o...o...o...o.|..o...o...o...o."),
            Pattern.of(
                OPEN_HAT, "................|................", "................|..............x."),
            Pattern.of(
                LOW_TOM, "......x.....x...|......x.........", "X.xx..X.x.x.X.x.|X.xx..X.xrx.X.xx"),
            Pattern.of(
                RIDE, "................|........o.......", "x.......x.......|x.......x.......")));
  }

  private static Feel march() {
    return new Feel(
        "march-rolls",
        108,
        16,
        0.5,
        TIGHT,
        5,
        List.of(
            Pattern.of(
                KICK, "X.......x.......|X.......x.......", "X.......X.......|X...x...X...x..."),
            Pattern.of(
                SNARE, "....o..go...o...|....o..go.......", "XgoorrrrXgooXrrr|XooxrrrrrrrrXxXx"),
            Pattern.of(
                CLOSED_HAT,
                "............o...|............o...",
                "....x.......x...|....x.......x..."),
            Pattern.of(
                OPEN_HAT, "................|............o...", "................|............x..."),
            Pattern.of(
                LOW_TOM, "................|..........o...o.", "......x.......x.|......x...x.x.x."),
            Pattern.of(
                RIDE, "................|................", "X...............|X.......x.......")));
  }
}
