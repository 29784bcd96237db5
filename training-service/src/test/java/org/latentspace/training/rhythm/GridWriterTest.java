package org.latentspace.training.rhythm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.training.rhythm.GridWriter.Fate;
import org.latentspace.training.rhythm.GridWriter.Stroke;
import org.latentspace.training.rhythm.GridWriter.Written;

class GridWriterTest {
  private final GridWriter writer = new GridWriter(Grid.STANDARD, 2);

  @Test
  void aStrokeKeepsItsPlaceItsForceAndItsVoice() {
    Written written = writer.write(List.of(new Stroke(12.25, 1, 0.7f)));
    int cell = 12 * 2 + 1;
    assertEquals(1, written.rhythm().onset()[cell]);
    assertEquals(0.7f, written.rhythm().velocity()[cell]);
    assertEquals(0.5f, written.rhythm().offset()[cell]);
    assertEquals(12.25, written.rhythm().position(cell), 1e-6);
    assertEquals(1, written.rhythm().strokes());
  }

  @Test
  void ofTwoInOneCellTheLouderStaysAndTheOtherMovesToItsOwnSide() {
    Written written = writer.write(List.of(new Stroke(5.4, 0, 0.3f), new Stroke(5.0, 0, 0.9f)));
    assertEquals(new Fate(1, 1, 0), written.fate());
    assertEquals(0.9f, written.rhythm().velocity()[5 * 2]);
    assertEquals(0.3f, written.rhythm().velocity()[6 * 2]);
    assertEquals(5.5, written.rhythm().position(6 * 2), 1e-6, "as near as the cell can hold");
  }

  @Test
  void aStrokeThatMustMoveTakesNobodysCell() {
    Written written =
        writer.write(
            List.of(
                new Stroke(5.4, 0, 0.3f),
                new Stroke(5.0, 0, 0.9f),
                new Stroke(6.0, 0, 0.2f),
                new Stroke(4.0, 0, 0.2f)));
    assertEquals(new Fate(3, 0, 1), written.fate());
  }

  @Test
  void strokesOfOtherBarsAreLeftOut() {
    Written written = writer.write(List.of(new Stroke(-0.6, 0, 1), new Stroke(95.6, 0, 1)));
    assertEquals(Fate.NONE, written.fate());
    assertArrayEquals(new float[192], written.rhythm().onset());
  }
}
