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

  public WorkerAgency(JobConfig config, String mainClass) {
    this.config = config;
    this.mainClass = mainClass;
  }

  @Override
  public Worker start(String job, Path folder) throws IOException {
    endOrphan(folder.resolve(PID_FILE));
    Process process =
        builder(config, mainClass, folder.resolve("crash.log"), folder.toString()).start();
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

  /**
   * How a worker's process is started.
   *
   * @param crashLog where Java writes how native code has crashed
   * @throws IOException there is no room for the native libraries
   */
  static ProcessBuilder builder(
      JobConfig config, String mainClass, Path crashLog, String... arguments) throws IOException {
    String missing = NativeFolder.missing();
    if (!missing.isEmpty()) {
      throw new IOException(missing);
    }
    List<String> command = command(config, crashLog);
    command.add(mainClass);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Native threads compute something else than one does, and stand still on a busy machine.
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    return builder;
  }

  private static List<String> command(JobConfig config, Path crashLog) {
    List<String> command = new ArrayList<>();
    if (config.workerNice() > 0 && onPath("nice")) {
      command.addAll(List.of("nice", "-n", Integer.toString(config.workerNice())));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + config.workerHeapMb() + "m");
    command.add("-XX:+UseSerialGC");
    command.add(
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + (config.workerThreads() - 1));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + crashLog);
    command.add("-Dorg.bytedeco.javacpp.maxbytes=" + config.workerNativeMb() + "m");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    for (String key : List.of(NativeFolder.PROPERTY, "java.io.tmpdir")) {
      String value = System.getProperty(key);
      if (value != null) {
        command.add("-D" + key + "=" + value);
      }
    }
    if (Runtime.version().feature() >= FIRST_JAVA_WITH_WARNINGS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-cp");
    command.add(classPath(System.getProperty("java.class.path")));
    return command;
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
