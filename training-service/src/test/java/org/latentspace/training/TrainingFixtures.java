package org.latentspace.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.latentspace.training.groove.SixRobots;
import org.latentspace.training.midi.MidiFileException;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.DataSet;
import org.latentspace.training.rhythm.Grid;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Windows;

/** Data that several tests need. */
final class TrainingFixtures {
  private TrainingFixtures() {}

  /** The example set on the standard grid. */
  static DataSet sixRobots() {
    try (InputStream in = TrainingFixtures.class.getResourceAsStream("/kits/six-robots.kit")) {
      KitMap kit = KitMap.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      Windows windows = new Windows(Grid.STANDARD, kit, 1);
      for (SixRobots.GrooveFile file : SixRobots.files()) {
        windows.add(MidiFileReader.read(file.name(), file.bytes()));
      }
      return DataSet.of(Grid.STANDARD, kit, windows.cut());
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    } catch (MidiFileException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
