package org.latentspace.training.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records as JSON files, each there as a whole after a crash. */
public final class JsonFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFile() {}

  /** Returns when the record is on the disk. */
  public static void write(Path file, Record content) {
    try {
      StoredFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  /** Throws IOException, saying what is wrong, for a file that is absent or has another form. */
  public static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    return JSON.readValue(Files.readAllBytes(file), type);
  }
}
