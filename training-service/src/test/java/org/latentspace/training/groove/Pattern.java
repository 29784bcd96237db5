package org.latentspace.training.groove;

/**
 * What one voice plays in two bars of a feel, twice: in its sparse and in its dense form.
 *
 * <p>Both are rows of signs, one a step, as many steps as the feel has in two bars; spaces and bars
 * (|) are only for the eye. `X` accent, `x` stroke, `o` soft stroke, `g` ghost stroke, `r` two soft
 * strokes in one step, `.` nothing.
 */
record Pattern(int voice, String sparse, String dense) {

  static Pattern of(int voice, String sparse, String dense) {
    return new Pattern(voice, strip(sparse), strip(dense));
  }

  private static String strip(String row) {
    return row.replace("|", "").replace(" ", "");
  }

  int steps() {
    return dense.length();
  }

  /** How hard a sign is struck in a loud groove, 0..1; 0 for no stroke. */
  static double force(char sign) {
    return switch (sign) {
      case 'X' -> 0.97;
      case 'x' -> 0.78;
      case 'o' -> 0.55;
      case 'r' -> 0.50;
      case 'g' -> 0.30;
      case '.' -> 0;
      default -> throw new IllegalArgumentException("no such sign: " + sign);
    };
  }
}
