package org.latentspace.training.rhythm;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.latentspace.model.Grid;
import org.latentspace.storage.AtomicFile;

/**
 * Examples on a disk, as a training worker gets them: a head (mark, grid, voices), the examples
 * with their strokes alone, and a CRC-32C over all of it at the end. Big-endian.
 */
public final class ExampleFile {
  private static final int MARK = 0x4c53_4531;
  private static final int MOST_EXAMPLES = 10_000_000;

  /** What a file holds. */
  public record Content(Grid grid, List<String> voices, List<Example> examples) {}

  private ExampleFile() {}

  /** Writes the file whole or not at all: first beside it, then over it. */
  public static void write(Path file, Grid grid, List<String> voices, List<Example> examples)
      throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    CheckedOutputStream checked =
        new CheckedOutputStream(
            new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16), new CRC32C());
    try (DataOutputStream out = new DataOutputStream(checked)) {
      head(out, grid, voices, examples.size());
      for (Example each : examples) {
        example(out, each);
      }
      out.writeInt((int) checked.getChecksum().getValue());
    }
    AtomicFile.move(draft, file);
  }

  /** Throws IOException, saying what is wrong, for a file that is damaged or none of these. */
  public static Content read(Path file) throws IOException {
    CheckedInputStream checked =
        new CheckedInputStream(
            new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32C());
    try (DataInputStream in = new DataInputStream(checked)) {
      if (in.readInt() != MARK) {
        throw new IOException(file.getFileName() + " is no file of examples");
      }
      Grid grid = new Grid(in.readInt(), in.readInt(), in.readInt(), in.readInt());
      List<String> voices = new ArrayList<>();
      for (int left = bounded(in.readInt(), 1, 128); left > 0; left--) {
        voices.add(in.readUTF());
      }
      List<Example> examples = new ArrayList<>();
      for (int left = bounded(in.readInt(), 0, MOST_EXAMPLES); left > 0; left--) {
        examples.add(example(in, grid, voices.size()));
      }
      int crc = (int) checked.getChecksum().getValue();
      if (in.readInt() != crc || in.read() >= 0) {
        throw new IOException(file.getFileName() + " is damaged: its CRC does not match");
      }
      return new Content(grid, List.copyOf(voices), examples);
    } catch (IllegalArgumentException | EOFException damaged) {
      throw new IOException(file.getFileName() + " is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private static void head(DataOutputStream out, Grid grid, List<String> voices, int examples)
      throws IOException {
    out.writeInt(MARK);
    out.writeInt(grid.bars());
    out.writeInt(grid.beatsPerBar());
    out.writeInt(grid.beatUnit());
    out.writeInt(grid.stepsPerBeat());
    out.writeInt(voices.size());
    for (String each : voices) {
      out.writeUTF(each);
    }
    out.writeInt(examples);
  }

  private static void example(DataOutputStream out, Example example) throws IOException {
    out.writeUTF(example.song());
    out.writeInt(example.bar());
    out.writeDouble(example.bpm());
    out.writeInt(example.cells().length);
    for (int i = 0; i < example.cells().length; i++) {
      out.writeInt(example.cells()[i]);
      out.writeFloat(example.values()[2 * i]);
      out.writeFloat(example.values()[2 * i + 1]);
    }
  }

  private static Example example(DataInputStream in, Grid grid, int voices) throws IOException {
    String song = in.readUTF();
    int bar = in.readInt();
    double bpm = in.readDouble();
    Rhythm rhythm = Rhythm.silent(grid, voices);
    for (int left = bounded(in.readInt(), 0, rhythm.size()); left > 0; left--) {
      int cell = bounded(in.readInt(), 0, rhythm.size() - 1);
      rhythm.put(cell, in.readFloat(), in.readFloat());
    }
    return new Example(song, bar, bpm, rhythm);
  }

  private static int bounded(int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException("the number " + value + " cannot be");
    }
    return value;
  }
}
