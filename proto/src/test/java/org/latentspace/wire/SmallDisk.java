package org.latentspace.wire;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A real file system of a few kB that a test can fill; only where this process may mount one. */
public final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it on an empty folder; skips the test, and says so, where that is not allowed. */
  public static SmallDisk mount(Path folder, int kilobytes) throws Exception {
    Files.createDirectories(folder);
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", folder);
    if (!mounted) {
      System.out.println("skipped: a small disk cannot be mounted here (needs root on Linux)");
    }
    Assumptions.assumeTrue(mounted, "a small disk cannot be mounted here");
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Takes all room but so many kB, rounded down to the disk's blocks. */
  public void fill(int leftKilobytes) throws IOException {
    Path filler = filler();
    Files.deleteIfExists(filler);
    try (var out =
        Channels.newOutputStream(
            Files.newByteChannel(
                filler,
                java.nio.file.StandardOpenOption.CREATE_NEW,
                java.nio.file.StandardOpenOption.WRITE))) {
      long left = (long) leftKilobytes << 10;
      while (Files.getFileStore(folder).getUsableSpace() >= left + BLOCK) {
        out.write(new byte[BLOCK]);
      }
    }
  }

  /** Gives the room back. */
  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() throws Exception {
    run("umount", "-l", folder);
  }

  private static boolean run(Object... words) throws InterruptedException {
    String[] command = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      command[i] = words[i].toString();
    }
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
