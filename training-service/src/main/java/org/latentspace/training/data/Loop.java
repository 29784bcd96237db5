package org.latentspace.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.rhythm.Rhythm;

/** Some bars of a piece on a grid. */
public record Loop(Piece piece, Example example) {

  /** "piece:bar", the bar counted through the piece from 0. */
  public String name() {
    return piece.id() + ":" + example.bar();
  }

  /** The piece's tags and its own. */
  public Set<String> tags() {
    return piece.about().tagsOf(example.bar());
  }

  public boolean excluded() {
    return piece.about().excluded(example.bar());
  }

  /** In the order of the kit's voices. */
  public List<Integer> onsetsByVoice() {
    Rhythm rhythm = example.rhythm();
    List<Integer> counts = new ArrayList<>(Collections.nCopies(rhythm.voices(), 0));
    for (int cell : rhythm.struck()) {
      counts.set(cell % rhythm.voices(), counts.get(cell % rhythm.voices()) + 1);
    }
    return counts;
  }
}
