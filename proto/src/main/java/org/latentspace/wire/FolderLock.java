package org.latentspace.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Keeps a folder, or a file, for this process alone and says who has it; the operating system lets
 * go of it if the process dies.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = "lock";
  private static final int LONGEST = 100;
  private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** Another has the folder; the message says who, since when. */
  public static final class Taken extends IOException {
    private static final long serialVersionUID = 1L;

    Taken(String message) {
      super(message);
    }
  }

  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Makes the folder if need be, and takes it.
   *
   * @throws Taken another has it
   * @throws IOException it cannot be made or written
   */
  public static FolderLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    return take(folder, folder.resolve(NAME));
  }

  /** The same of one file, by FILE.lock beside it; the folder is there. */
  public static FolderLock ofFile(Path file) throws IOException {
    return take(file, file.resolveSibling(file.getFileName() + "." + NAME));
  }

  private static FolderLock take(Path what, Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock == null) {
        throw new Taken(what + " is in use by " + holder(path));
      }
      file.truncate(0);
      file.write(ByteBuffer.wrap(here().getBytes(StandardCharsets.UTF_8)));
      return new FolderLock(file);
    } catch (OverlappingFileLockException e) {
      file.close();
      throw new Taken(what + " is in use by this process already");
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static String here() {
    return "process "
        + ProcessHandle.current().pid()
        + " since "
        + SINCE.format(LocalDateTime.now());
  }

  private static String holder(Path path) throws IOException {
    String holder = Files.readString(path).strip();
    return holder.isEmpty() || holder.length() > LONGEST ? "another process" : holder;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
