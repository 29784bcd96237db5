package org.latentspace.midi.time;

/**
 * Shuffle as a bend of time within a beat: the middle of the beat moves towards two thirds of it,
 * and what lies between moves along. So strokes never overtake each other, whatever the grid.
 */
final class Shuffle {
  private Shuffle() {}

  /**
   * Where a straight place sounds; never earlier than it stands.
   *
   * @param amount 0 = straight, 1 = the second eighth lies on the triplet's place
   * @param intoBar grains from the bar line; negative before it
   * @param beatGrains length of a beat
   */
  static long sounding(float amount, long intoBar, long beatGrains) {
    if (amount == 0) {
      return intoBar;
    }
    long into = Math.floorMod(intoBar, beatGrains);
    double half = beatGrains / 2.0;
    double middle = half + amount * beatGrains / 6;
    double bent =
        into < half ? into * middle / half : middle + (into - half) * (beatGrains - middle) / half;
    return intoBar - into + Math.round(bent);
  }
}
