package org.latentspace.explorer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.wire.Program;

/** Debian's oscsend: OSC messages that this project did not write. */
final class Oscsend {
  private final String program = Program.need("oscsend", "Debian's liblo-tools");

  /** Sends a message; words are the address, the types and the arguments. */
  void send(int port, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program, "127.0.0.1", "" + port));
    command.addAll(List.of(words));
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new AssertionError("oscsend has ended with " + exit);
    }
  }
}
