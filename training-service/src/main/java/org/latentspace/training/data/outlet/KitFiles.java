package org.latentspace.training.data.outlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latentspace.training.data.Kits;
import org.latentspace.training.storage.StoredFile;

/** Kits as files NAME.kit in one folder; they can be edited there at any time. */
public final class KitFiles implements Kits.Shelf {
  private static final String ENDING = ".kit";
  private static final long LARGEST = 1 << 18;
  private static final int MOST = 10_000;

  private final Path folder;

  public KitFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Map<String, String> read() throws IOException {
    Map<String, String> kits = new TreeMap<>();
    List<Path> files =
        StoredFile.list(folder).stream()
            .filter(file -> file.toString().endsWith(ENDING))
            .limit(MOST)
            .toList();
    for (Path file : files) {
      if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
        String name = file.getFileName().toString();
        // Bytes that are no UTF-8 become signs that the kit's parser names.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        kits.put(name.substring(0, name.length() - ENDING.length()), text);
      }
    }
    return kits;
  }

  @Override
  public void write(String name, String text) {
    StoredFile.write(folder.resolve(name + ENDING), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean delete(String name) throws IOException {
    return Files.deleteIfExists(folder.resolve(name + ENDING));
  }
}
