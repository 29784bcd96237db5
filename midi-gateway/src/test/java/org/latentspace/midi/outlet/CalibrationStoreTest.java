package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.installation.Installation.LatencyPoint;
import org.latentspace.installation.Installation.RobotPart;
import org.latentspace.installation.Installation.VelocityPart;
import org.latentspace.installation.Installation.VoicePart;
import org.latentspace.midi.calibration.Calibration;
import org.latentspace.midi.calibration.Calibration.Point;

class CalibrationStoreTest {
  @TempDir private Path folder;

  private static Calibration measured(String robot, String voice, double ms) {
    List<Point> points = List.of(new Point(11, ms + 10, -40), new Point(127, ms, -10));
    return new Calibration(robot, voice, 7, points, 1.4, 30, 1, 0.5);
  }

  private static RobotPart drum() {
    List<LatencyPoint> told = List.of(new LatencyPoint(1, 5));
    return new RobotPart(
        "drum",
        "",
        List.of(new VoicePart("kick", 36, told), new VoicePart("snare", 38, told)),
        List.of(),
        10,
        new VelocityPart(1, 127, 1),
        0,
        null,
        0,
        OptionalDouble.empty(),
        false,
        false);
  }

  @Test
  void whatWasKeptIsThereAfterARestartAndGoesBeforeTheFile() {
    CalibrationStore store = new CalibrationStore(folder);
    store.keep(measured("drum", "kick", 20));
    store.keep(measured("drum", "kick", 30));
    store.keep(measured("bell", "ride", 40));
    CalibrationStore again = new CalibrationStore(folder);
    assertEquals(store.all(), again.all());
    RobotPart played = again.apply(drum());
    assertEquals(30, played.voices().get(0).latencyMs(127));
    assertEquals(40, played.voices().get(0).latencyMs(11));
    assertEquals(40 + 10 * 10 / 116.0, played.voices().get(0).latencyMs(1), 1e-9);
    assertEquals(drum().voices().get(1), played.voices().get(1));
  }

  @Test
  void whatIsDeletedIsGoneForGood() {
    CalibrationStore store = new CalibrationStore(folder);
    store.keep(measured("drum", "kick", 20));
    store.delete("drum");
    assertEquals(drum(), store.apply(drum()));
    assertEquals(List.of(), new CalibrationStore(folder).all());
    assertThrows(NoSuchElementException.class, () -> store.delete("drum"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[{\"robot\":\"other\",\"voice\":\"kick\"}]",
        "[{\"robot\":\"drum\",\"voice\":\"kick\",\"points\":[]}]",
        "[{\"robot\":\"drum\",\"voice\":\"kick\",\"points\":[{\"velocity\":1,\"latencyMs\":-3},"
            + "{\"velocity\":9,\"latencyMs\":1}]}]"
      })
  void aDamagedFileCostsItselfAlone(String text) throws Exception {
    new CalibrationStore(folder).keep(measured("bell", "ride", 40));
    Files.writeString(folder.resolve("calibration/drum.json"), text);
    CalibrationStore store = new CalibrationStore(folder);
    assertEquals(1, store.all().size());
    assertFalse(store.all().get(0).robot().equals("drum"));
    store.keep(measured("drum", "kick", 20));
    assertEquals(2, new CalibrationStore(folder).all().size());
  }
}
