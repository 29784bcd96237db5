package org.latentspace.training.jobs.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.wire.SmallDisk;

class NativeFolderTest {
  @TempDir Path folder;

  @Test
  void aDiskWithoutRoomForTheLibrariesIsSaidWithItsFigures() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 1024)) {
      disk.fill(4);
      Path natives = disk.folder().resolve("natives");
      assertEquals(
          "No space left on device: "
              + natives
              + " has 4 kB left, needs 397 MB for the native libraries of Deeplearning4j"
              + " (training-service.native-dir)",
          NativeFolder.missing(natives));
    }
  }

  @Test
  void whereTheyAreUnpackedNoRoomIsNeeded() throws Exception {
    Path library = folder.resolve("a.jar/org/lib.so");
    Files.createDirectories(library.getParent());
    // A sparse file: it has the length, not the blocks.
    try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
      file.setLength(NativeFolder.BYTES);
    }
    assertEquals("", NativeFolder.missing(folder));
  }

  @Test
  void aFolderThatCannotBeMadeIsSaid() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(NativeFolder.missing(file.resolve("below")).contains("cannot be written"));
  }
}
