package org.latentspace.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.latentspace.model.Grid;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.rhythm.DataSet;
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
      BuiltIn.files().forEach(file -> windows.add(file.song()));
      return DataSet.of(Grid.STANDARD, kit, windows.cut());
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
