package org.latentspace.explorer.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.installation.ControlPart;
import org.latentspace.installation.Installation;
import org.latentspace.installation.InstallationConfig;
import org.latentspace.installation.InstallationFault;
import org.latentspace.installation.InstallationFile;
import org.latentspace.storage.AtomicFile;

/**
 * Keeps the controls that were learned, in {@value #FILE} beside the installation's file: by id,
 * each as it would stand below controls there.
 */
@ApplicationScoped
public class LearnedControls {
  static final String FILE = "learned-controls.json";
  private static final int MOST = 256;
  private static final String ID = "learned-";

  private static final Logger LOG = Logger.getLogger(LearnedControls.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  // Replaced as a whole.
  private volatile Map<String, JsonNode> entries = Map.of();

  @Inject
  public LearnedControls(InstallationConfig config) {
    file = Path.of(config.file()).toAbsolutePath().resolveSibling(FILE);
  }

  /** Reads what was learned before; a file that cannot be read is laid aside. */
  public void open() {
    if (!Files.exists(file)) {
      return;
    }
    Map<String, JsonNode> read = new LinkedHashMap<>();
    try {
      JSON.readTree(Files.readString(file))
          .fields()
          .forEachRemaining(e -> read.put(e.getKey(), e.getValue()));
      entries = read;
    } catch (IOException e) {
      LOG.warnf("%s cannot be read and is laid aside: %s", file, e.getMessage());
      try {
        AtomicFile.move(file, file.resolveSibling(FILE + ".bad"));
      } catch (IOException stays) {
        LOG.warnf("%s stays: %s", file, stays.getMessage());
      }
    }
  }

  /** Those that this installation has the performers, ensembles and robots for, by id. */
  public Map<String, ControlPart> of(Installation installation) {
    Map<String, ControlPart> all = new LinkedHashMap<>();
    entries.forEach(
        (id, entry) -> {
          try {
            all.put(id, InstallationFile.control(entry.toString(), installation));
          } catch (InstallationFault fault) {
            if (told.add(id + fault.getMessage())) {
              LOG.warnf("%s: %s is left out: %s", file, id, fault.lines().get(0));
            }
          }
        });
    return all;
  }

  /**
   * Keeps one more.
   *
   * @return its id
   * @throws Refusal NO_ROOM, or UNAVAILABLE where the disk does not take it
   */
  public synchronized String add(ObjectNode entry) {
    if (entries.size() >= MOST) {
      throw new Refusal(Refusal.Kind.NO_ROOM, MOST + " controls are learned, the most");
    }
    int number = 1;
    while (entries.containsKey(ID + number)) {
      number++;
    }
    Map<String, JsonNode> next = new LinkedHashMap<>(entries);
    next.put(ID + number, entry);
    write(next);
    return ID + number;
  }

  /** Throws {@link Refusal} UNKNOWN where there is none of that id. */
  public synchronized void forget(String id) {
    Map<String, JsonNode> next = new LinkedHashMap<>(entries);
    if (next.remove(id) == null) {
      throw new Refusal(
          Refusal.Kind.UNKNOWN,
          "no learned control " + id + "; there are " + String.join(", ", entries.keySet()));
    }
    write(next);
  }

  private void write(Map<String, JsonNode> next) {
    try {
      AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(next));
    } catch (IOException e) {
      throw new Refusal(Refusal.Kind.UNAVAILABLE, file + " cannot be written: " + e.getMessage());
    }
    entries = next;
  }
}
