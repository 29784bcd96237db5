package org.latentspace.midi.outlet;

import java.io.BufferedReader;
import java.io.IOException;
import org.latentspace.wire.Program;

/** Debian's oscdump, which prints the OSC messages that come in. */
final class OscDump implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  /** Listens on a UDP port; the test is skipped where there is no oscdump. */
  OscDump(int port) throws IOException {
    String program = Program.need("oscdump", "Debian's liblo-tools");
    process =
        new ProcessBuilder(program, "-L", Integer.toString(port)).redirectErrorStream(true).start();
    out = process.inputReader();
  }

  /** The next message, from its address on. */
  String next() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("oscdump has ended");
    }
    return line.substring(line.indexOf(' ') + 1);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
