package org.latentspace.kept;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.latentspace.wire.FolderLock;

/** A state that is shown and mends itself, as what a stage fails with. */
public final class Trouble extends Exception {
  private static final long serialVersionUID = 1L;

  /** What everything answers while nothing is wrong. */
  public static final String NONE = "ok";

  public Trouble(String message) {
    // A state, not a place in the program: no stack trace.
    super(message, null, false, false);
  }

  /** Of a file that cannot be read or written, with its reason in words. */
  static Trouble of(String what, IOException fault) {
    String reason = fault.getMessage();
    if (fault instanceof AccessDeniedException) {
      reason = "no right to write " + fault.getMessage();
    } else if (fault instanceof NoSuchFileException) {
      reason = "no such file " + fault.getMessage();
    } else if (fault instanceof FolderLock.Taken) {
      reason +=
          ": give this one another folder with kept.dir,"
              + " or name a broker with kept.bootstrap-servers";
    } else if (fault instanceof FileSystemException system && system.getReason() != null) {
      reason = system.getReason() + " " + system.getFile();
    }
    return new Trouble(what + ": " + reason);
  }
}
