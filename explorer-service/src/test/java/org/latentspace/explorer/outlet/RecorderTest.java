package org.latentspace.explorer.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentspace.explorer.Frames;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.performer.Origin;
import org.latentspace.wire.StartMistake;

class RecorderTest {
  private static final Place PLACE =
      new Place(new float[] {0.1f, 1 / 3f}, 0.25f, 499.99997f, Mode.PREDICT);

  @TempDir Path folder;

  @Test
  void writesOneRowAFrameWithExactNumbers() throws Exception {
    Path file = folder.resolve("record.csv");
    Recorder recorder = new Recorder();
    recorder.open(file, true);
    Origin origin = new Origin("sax", 7, 0, 0, true, false);
    recorder.record(Frames.frame(origin, Frames.PLAYED), PLACE);
    recorder.record(Frames.frame(new Origin("sax", 8, 0, 0, true, true)), PLACE);
    recorder.close();
    List<String> lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    assertEquals(
        "time_s,sequence,performer,ambitus,density,rms,centroid,spread,skewness,kurtosis,rolloff,"
            + "flatness,crest,ambitus_semitones,density_per_s,rms_linear,centroid_hz,spread_hz,"
            + "skewness_raw,kurtosis_raw,rolloff_hz,flatness_db,crest_db,pitch_midi,"
            + "pitch_confidence,onset,silent,x,y,noise,z_ramp_ms",
        lines.get(0));
    assertEquals(
        "0.035,7,sax,0.17,0.14,0.383,0.16,0.175,0.506,0.379,0.184,0.135,0.385,1.0,2.0,0.1,1000.0,"
            + "2000.0,5.0,40.0,4000.0,-20.0,30.0,69.0,0.9,0,0,0.1,0.33333334,0.25,499.99997",
        lines.get(1));
  }

  @Test
  void losesNothingOfALosslessStream() throws Exception {
    Path file = folder.resolve("long.csv");
    Recorder recorder = new Recorder();
    recorder.open(file, true);
    for (int i = 1; i <= 20_000; i++) {
      Origin origin = new Origin("sax", i, 0, 0, true, false);
      recorder.record(Frames.frame(origin, Frames.PLAYED), PLACE);
    }
    recorder.close();
    List<String> lines = Files.readAllLines(file);
    assertEquals(20_001, lines.size());
    assertTrue(lines.get(20_000).contains(",20000,sax,"));
    assertEquals(20_000, recorder.written());
    assertEquals(0, recorder.dropped());
  }

  @Test
  void everyLiveFrameIsWrittenOrCounted() throws Exception {
    Recorder recorder = new Recorder();
    recorder.open(folder.resolve("live.csv"), true);
    for (int i = 1; i <= 50_000; i++) {
      recorder.record(Frames.frame("sax", i, Frames.PLAYED), PLACE);
    }
    recorder.close();
    assertEquals(50_000, recorder.written() + recorder.dropped());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEarlierRecordIsUntouchedUntilTheFirstFrame(boolean replace) throws Exception {
    Path file = Files.writeString(folder.resolve("keep.csv"), "of last night");
    Recorder idle = new Recorder();
    idle.open(file, replace);
    idle.close();
    assertEquals("of last night", Files.readString(file));

    Recorder recorder = new Recorder();
    recorder.open(file, replace);
    recorder.record(Frames.frame("sax", 1, Frames.PLAYED), PLACE);
    recorder.close();
    Path written = replace ? file : folder.resolve("keep-2.csv");
    assertEquals(2, Files.readAllLines(written).size());
    if (!replace) {
      assertEquals("of last night", Files.readString(file));
    }
    assertEquals(replace ? 1 : 2, folder.toFile().list().length, "nothing is left beside");
  }

  @Test
  void anUnwritablePathIsAMistakeOfTheStart() {
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("none/record.csv"), "no such folder");
  }

  private static void assertRefused(Path path, String why) {
    StartMistake fault = assertThrows(StartMistake.class, () -> new Recorder().open(path, true));
    assertEquals(
        "explorer-service.record=" + path + ": cannot be written: " + why, fault.getMessage());
  }
}
