package org.latentspace.training.groove;

import static org.latentspace.training.groove.SixRobots.CLOSED_HAT;
import static org.latentspace.training.groove.SixRobots.KICK;
import static org.latentspace.training.groove.SixRobots.LOW_TOM;
import static org.latentspace.training.groove.SixRobots.OPEN_HAT;
import static org.latentspace.training.groove.SixRobots.RIDE;
import static org.latentspace.training.groove.SixRobots.SNARE;

import java.util.List;

/** The feels that dance or swing: funk, Latin, Afro-Cuban 12/8, shuffle, jazz, one drop. */
final class RoundFeels {
  private static final double[] FUNK = {0, 6, -2, 0, 3, 0};
  private static final double[] LATIN = {3, -3, -5, -2, 4, -4};
  private static final double[] JAZZ = {4, 8, 2, 2, 6, -6};
  private static final double[] DUB = {4, 14, 0, 3, 10, 2};

  private RoundFeels() {}

  static List<Feel> all() {
    return List.of(funk(), bossa(), samba(), afro(), shuffle(), swing(), oneDrop());
  }

  private static Feel funk() {
    return new Feel(
        "funk-ghosts",
        98,
        16,
        0.56,
        FUNK,
        6,
        List.of(
            Pattern.of(
                KICK, "X.........x.....|X.............x.", "X.x....x..x..x..|X.x....x..x...x."),
            Pattern.of(
                SNARE, "....X.......X...|....X.......X...", "....X..g.g.gX..g|.g..X..g.g.gX.gg"),
            Pattern.of(
                CLOSED_HAT,
                "x.o.x.o.x.o.x.o.|x.o.x.o.x.o.x...",
                "XoxoXoxoXoxoXo.o|XoxoXo.oXoxoXoxo"),
            Pattern.of(
                OPEN_HAT, "................|..............o.", "..............x.|......x........."),
            Pattern.of(
                LOW_TOM, "................|................", "..........o.....|............o..o"),
            Pattern.of(
                RIDE, "................|x...............", "................|x...x...x...x...")));
  }

  private static Feel bossa() {
    return new Feel(
        "bossa-clave",
        126,
        16,
        0.5,
        LATIN,
        5,
        List.of(
            Pattern.of(
                KICK, "x.....x.x.....x.|x.....x.x.....x.", "X.....x.X.....x.|X.....x.X.....x."),
            Pattern.of(
                SNARE, "x.....x.....x...|....x...x.......", "x..g..x..g..x..g|.g..x..gx..g..g."),
            Pattern.of(
                CLOSED_HAT,
                "....o.......o...|....o.......o...",
                "x.o.x.o.x.o.x.o.|x.o.x.o.x.o.x.o."),
            Pattern.of(
                OPEN_HAT, "................|................", "................|..............o."),
            Pattern.of(
                LOW_TOM, "................|..............o.", "....o.......o.o.|....o.......o.oo"),
            Pattern.of(
                RIDE, "o.......o.......|o.......o.......", "o.oo.oo.o.oo.oo.|o.oo.oo.o.oo.oo.")));
  }

  private static Feel samba() {
    return new Feel(
        "samba",
        104,
        16,
        0.53,
        LATIN,
        5,
        List.of(
            Pattern.of(
                KICK, "o...X...o...X...|o...X...o...X...", "x..oX..ox..oX..o|x..oX..ox..oX..o"),
            Pattern.of(
                SNARE, "..o...o.........|..o......o......", "xgoxgoxgxgxgoxgx|xgoxgoxgogxggxgx"),
            Pattern.of(
                CLOSED_HAT,
                "x.......x.......|x.......x.......",
                "XoooXoooXoooXooo|XoooXoooXoooXooo"),
            Pattern.of(
                OPEN_HAT, "................|............o...", "......o.......o.|......o.......x."),
            Pattern.of(
                LOW_TOM, "............x...|............x...", "....o.......X..o|....o.......X.xx"),
            Pattern.of(
                RIDE, "................|................", "x.x..x.x.x.x..x.|x.x..x.x.x.x..x.")));
  }

  private static Feel afro() {
    return new Feel(
        "afro-twelve-eight",
        108,
        12,
        0.5,
        LATIN,
        6,
        List.of(
            Pattern.of(KICK, "X..... ......|X..... ......", "X..x.. x..x..|X..x.. x..x.."),
            Pattern.of(SNARE, "...... x.....|...... x.....", "..x..g x.g.xg|..x..g x.g.xg"),
            Pattern.of(CLOSED_HAT, "...o.. ...o..|...o.. ...o..", "x.ox.o x.ox.o|x.ox.o x.ox.o"),
            Pattern.of(OPEN_HAT, "...... ......|...... ......", "...... ......|...... ....x."),
            Pattern.of(LOW_TOM, "...... ....x.|...... ....x.", ".x..x. .xx.x.|.x..x. xxx.xx"),
            Pattern.of(RIDE, "x..... x.....|x..... x.....", "X.x.xx .x.x.x|X.x.xx .x.x.x")));
  }

  private static Feel shuffle() {
    return new Feel(
        "blues-shuffle",
        116,
        12,
        0.5,
        FUNK,
        7,
        List.of(
            Pattern.of(KICK, "X..... x.....|X..... x.....", "X..x.x x..x..|X..x.x x....x"),
            Pattern.of(SNARE, "...x.. ...x..|...x.. ...x..", "..gX.g ..gX.g|..gX.g ..gXxx"),
            Pattern.of(CLOSED_HAT, "x..x.. x..x..|x..x.. x.....", "x.ox.o x.ox.o|x.ox.o x.ox.."),
            Pattern.of(OPEN_HAT, "...... ......|...... ...o..", "...... ......|...... .....x"),
            Pattern.of(LOW_TOM, "...... ......|...... .....o", "...... ..o...|...... ..x..x"),
            Pattern.of(RIDE, "...... ......|...... ......", "X..x.. X..x..|X..x.. X..x..")));
  }

  private static Feel swing() {
    return new Feel(
        "jazz-swing",
        144,
        12,
        0.5,
        JAZZ,
        8,
        List.of(
            Pattern.of(KICK, "o..... ......|...... ...o..", "o..o.. o..o.x|o..o.x o..o.."),
            Pattern.of(SNARE, "...... ......|.....g ......", "..g..x ...g..|g.x..g ..xg.x"),
            Pattern.of(CLOSED_HAT, "...o.. ...o..|...o.. ...o..", "...x.. ...x..|...x.. ...x.."),
            Pattern.of(OPEN_HAT, "...... ......|...... ......", "...... .....o|...... ......"),
            Pattern.of(LOW_TOM, "...... ......|...... .....o", "...... .o....|....o. ....xx"),
            Pattern.of(RIDE, "x..x.. x..x..|x..x.. x..x..", "X..X.x X..X.x|X..X.x X..X.x")));
  }

  private static Feel oneDrop() {
    return new Feel(
        "one-drop",
        146,
        12,
        0.5,
        DUB,
        7,
        List.of(
            Pattern.of(KICK, "...... X.....|...... X.....", "x....o X....x|x....o X.x..."),
            Pattern.of(SNARE, "...... x.....|...... x.....", ".g...g X..x.g|.g.x.g X.rxxx"),
            Pattern.of(CLOSED_HAT, "...x.. ...x..|...x.. ...x..", "x.oX.o x.oX.o|x.oX.o x.oX.o"),
            Pattern.of(OPEN_HAT, ".....o ......|...... ......", ".....x ......|...... .....x"),
            Pattern.of(LOW_TOM, "...... ......|...... ...o..", "...... ...o.o|...... ..xx.x"),
            Pattern.of(RIDE, "...... ......|o..... ......", "x..... ......|x..... x.....")));
  }
}
