package org.latentspace.training.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.latentspace.storage.AtomicFile;

/** Small files and folders of the stores; what the disk refuses is an UncheckedIOException. */
public final class StoredFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredFile() {}

  /** Returns when the bytes are on the disk; makes the folder where it does not exist. */
  public static void write(Path file, byte[] bytes) {
    try {
      AtomicFile.write(file, bytes);
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot write " + file + ": " + broken.getMessage(), broken);
    }
  }

  /** Writes a number, which {@link #readNumber} reads. */
  public static void writeNumber(Path file, long number) {
    write(file, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  /** The number in a file; 0 where there is no file, or no number in it. */
  public static long readNumber(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException none) {
      return 0;
    }
  }

  /** Writes a record as JSON, which {@link #readJson} reads. */
  public static void writeJson(Path file, Record content) {
    try {
      write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** Throws IOException, saying what is wrong, for a file that is absent or has another form. */
  public static <T extends Record> T readJson(Path file, Class<T> type) throws IOException {
    return JSON.readValue(Files.readAllBytes(file), type);
  }

  /** What lies in a folder, sorted by name; nothing where there is no folder. */
  public static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + folder, broken);
    }
  }

  /** Takes a file away; that it is not there is no fault. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot delete " + file + ": " + broken.getMessage(), broken);
    }
  }

  /** Takes a folder and all that is in it away. */
  public static void deleteFolder(Path folder) {
    list(folder).forEach(StoredFile::deleteFolder);
    delete(folder);
  }
}
