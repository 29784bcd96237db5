package org.latentspace.training.jobs.outlet;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.latentspace.training.jobs.JobConfig;
import org.latentspace.training.jobs.Worker;
import org.latentspace.training.storage.StoredFile;

/**
 * Starts workers as processes of their own, which stand back for the music and whose memory is
 * bounded.
 *
 * <pre>
 *   nice -n 15 java -Xmx256m ... -cp OUR-OWN-CLASSES TrainWorker JOB-FOLDER
 *     stdin:  `cancel`; its end means that the service is gone
 *     stdout: a line of JSON an event
 * </pre>
 */
public final class WorkerAgency implements Worker.Agency {
  private static final int FIRST_JAVA_WITH_WARNINGS = 24;
  private static final String PID_FILE = "worker.pid";
  private static final long ORPHAN_SECONDS = 10;

  private final JobConfig config;
  private final String mainClass;
  private final Supplier<String> kernel;

  /**
   * @param kernel name of OpenBLAS's matrix kernel, asked for at the start of a worker; empty: as
   *     OpenBLAS chooses itself
   */
  public WorkerAgency(JobConfig config, String mainClass, Supplier<String> kernel) {
    this.config = config;
    this.mainClass = mainClass;
    this.kernel = kernel;
  }

  @Override
  public Worker start(String job, Path folder) throws IOException {
    endOrphan(folder.resolve(PID_FILE));
    String missing = NativeFolder.missing();
    if (!missing.isEmpty()) {
      throw new IOException(missing);
    }
    Process process = builder(folder).start();
    try {
      StoredFile.write(folder.resolve(PID_FILE), identity(process.toHandle()).getBytes());
    } catch (RuntimeException unwritable) {
      process.destroyForcibly();
      throw unwritable;
    }
    return new WorkerProcess(process, job, config.cancelMs());
  }

  /** Two workers must never write into one folder: one of a service that was killed has to go. */
  private static void endOrphan(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String known = Files.readString(file);
    try {
      Optional<ProcessHandle> orphan = ProcessHandle.of(Long.parseLong(known.split(" ", -1)[0]));
      if (orphan.isPresent() && orphan.get().isAlive() && identity(orphan.get()).equals(known)) {
        orphan.get().destroyForcibly();
        orphan.get().onExit().get(ORPHAN_SECONDS, TimeUnit.SECONDS);
      }
    } catch (NumberFormatException damaged) {
      // Then the process cannot be identified.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while an old worker was ended", interrupted);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("an old worker does not end: process " + known, e);
    }
  }

  /** Number and start of a process: numbers are used again. */
  private static String identity(ProcessHandle process) {
    return process.pid()
        + " "
        + process.info().startInstant().map(Object::toString).orElse("unknown");
  }

  private ProcessBuilder builder(Path folder) {
    List<String> command = new ArrayList<>(java(config.workerNice()));
    command.add("-Xmx" + config.workerHeapMb() + "m");
    command.add("-XX:+UseSerialGC");
    command.add(
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + (config.workerThreads() - 1));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.add("-Dorg.bytedeco.javacpp.maxbytes=" + config.workerNativeMb() + "m");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.addAll(ownClasses());
    command.addAll(List.of(mainClass, folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Native threads compute something else than one does, and stand still on a busy machine.
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    String named = kernel.get();
    if (!named.isEmpty()) {
      builder.environment().put(MatrixKernel.VARIABLE, named);
    }
    return builder;
  }

  /** Java, standing back for the music so far, 0..19. */
  static List<String> java(int nice) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return nice > 0 && onPath("nice")
        ? List.of("nice", "-n", Integer.toString(nice), java)
        : List.of(java);
  }

  /** Options with which a process has this program's classes, native libraries among them. */
  static List<String> ownClasses() {
    List<String> options = new ArrayList<>();
    for (String key : List.of(NativeFolder.PROPERTY, "java.io.tmpdir")) {
      String value = System.getProperty(key);
      if (value != null) {
        options.add("-D" + key + "=" + value);
      }
    }
    if (Runtime.version().feature() >= FIRST_JAVA_WITH_WARNINGS) {
      options.add("--enable-native-access=ALL-UNNAMED");
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    options.addAll(List.of("-cp", classPath(System.getProperty("java.class.path"))));
    return options;
  }

  /**
   * Where this program's own classes are: beside the jar that Quarkus starts, or as Java was told.
   */
  static String classPath(String own) {
    Path only = own.contains(File.pathSeparator) ? null : Path.of(own).toAbsolutePath();
    if (only == null || !only.getFileName().toString().equals("quarkus-run.jar")) {
      return own;
    }
    Path app = only.getParent();
    return String.join(
        File.pathSeparator,
        app.resolve("app").resolve("*").toString(),
        app.resolve("lib").resolve("main").resolve("*").toString(),
        app.resolve("lib").resolve("boot").resolve("*").toString());
  }

  private static boolean onPath(String program) {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
      return false;
    }
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
