package org.latentspace.training.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.latentspace.storage.AtomicFile;
import org.latentspace.training.storage.StoredFile;

/**
 * Keeps every job in a folder of its own.
 *
 * <pre>
 *   FOLDER/JOB/job.json               what it is and how far it has come
 *              order.json             what its worker shall do
 *              training.examples      what is learned from
 *              validation.examples    what it is judged by; may be absent
 *              from.safetensors       what is continued from; may be absent
 *              checkpoint             what has been learned so far; may be absent
 *              model.safetensors      what came of it, until it is published
 * </pre>
 */
public final class JobStore {
  static final Pattern NAME = Pattern.compile("job-[a-z0-9]{12}");

  private static final String DESCRIPTION = "job.json";
  private static final String UNFINISHED = ".new-";
  private static final List<String> TO_GO_ON =
      List.of(
          "training.examples",
          "validation.examples",
          "from.safetensors",
          "checkpoint",
          "model.safetensors");

  /** Puts the files of a new job into its folder. */
  public interface Filling {
    void fill(Path folder) throws IOException;
  }

  private final Path folder;
  private final Map<String, String> damaged = new TreeMap<>();

  public JobStore(Path folder) {
    this.folder = folder;
  }

  /** All jobs there are; what cannot be read is known as damaged, half-made ones are cleared. */
  List<Job> read() {
    List<Job> jobs = new ArrayList<>();
    for (Path each : StoredFile.list(folder)) {
      String name = each.getFileName().toString();
      if (name.startsWith(UNFINISHED)) {
        StoredFile.deleteFolder(each);
      } else if (Files.isDirectory(each) && NAME.matcher(name).matches()) {
        try {
          Job job = StoredFile.readJson(each.resolve(DESCRIPTION), Job.class);
          if (!job.id().equals(name)) {
            throw new IOException("it describes " + job.id());
          }
          jobs.add(job);
        } catch (IOException | RuntimeException unreadable) {
          damaged.put(name, "its description cannot be read");
        }
      }
    }
    return jobs;
  }

  /** A new job's folder, which is there with all its files or not at all. */
  void create(Job job, Filling filling) {
    Path draft = folder.resolve(UNFINISHED + job.id());
    try {
      Files.createDirectories(draft);
      filling.fill(draft);
      StoredFile.writeJson(draft.resolve(DESCRIPTION), job);
      AtomicFile.move(draft, folder(job.id()));
    } catch (IOException broken) {
      StoredFile.deleteFolder(draft);
      throw new UncheckedIOException("cannot write the files of " + job.id(), broken);
    } catch (RuntimeException wrong) {
      StoredFile.deleteFolder(draft);
      throw wrong;
    }
  }

  void save(Job job) {
    StoredFile.writeJson(folder(job.id()).resolve(DESCRIPTION), job);
  }

  public Path folder(String job) {
    return folder.resolve(job);
  }

  /** Whether there is what a worker needs to begin, or to go on. */
  boolean canGoOn(String job) {
    return Files.exists(folder(job).resolve("order.json"))
        && (Files.exists(folder(job).resolve("training.examples"))
            || Files.exists(folder(job).resolve("model.safetensors")));
  }

  /** Frees the room of a job that will not go on. */
  void strip(String job) {
    TO_GO_ON.forEach(name -> StoredFile.delete(folder(job).resolve(name)));
  }

  void delete(String job) {
    StoredFile.deleteFolder(folder(job));
  }

  /** Jobs whose description cannot be read. */
  public Map<String, String> damaged() {
    return Map.copyOf(damaged);
  }
}
