package org.latentspace.training.jobs.outlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas;
import org.latentspace.training.storage.StoredFile;
import org.latentspace.training.vae.ProductTrial;

/**
 * Which matrix kernel OpenBLAS shall use in a training: the fastest on this machine whose products
 * are right. By itself OpenBLAS takes the slowest of all on a processor that is newer than it.
 *
 * <p>Tried before the first training, in a second a kernel, and remembered beside the native
 * libraries; nothing is tried where the environment names a kernel, nor on other systems than Linux
 * on x86-64.
 */
public final class MatrixKernel implements Supplier<String> {
  /** What OpenBLAS calls it; read when its library is loaded. */
  static final String VARIABLE = "OPENBLAS_CORETYPE";

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final String FILE = "matrix-kernel.json";
  private static final long TRIAL_SECONDS = 30;
  private static final double MOST_ERROR = 1e-4;

  /** Less is the noise of a measurement: of two runs each would choose another. */
  private static final double FEWEST_GAINED = 0.9;

  /**
   * How a kernel did.
   *
   * @param kernel empty: the one that OpenBLAS takes by itself
   * @param error largest relative error of a product; infinite where there was none
   * @param millis of the products that are timed
   */
  record Trial(String kernel, double error, double millis) {
    boolean right() {
      return error <= MOST_ERROR;
    }

    @Override
    public String toString() {
      return right()
          ? String.format(Locale.ROOT, "%s %.2f ms", name(kernel), millis)
          : String.format(Locale.ROOT, "%s refused, error %.1g", name(kernel), error);
    }
  }

  /** The file's content. */
  record Choice(String machine, String kernel) {}

  private final Map<String, String> environment;
  private final Path processor;
  private final Supplier<Path> folder;
  private final Function<String, Trial> trial;
  private final Consumer<String> log;
  private String chosen;

  /**
   * @param nice how far the trials stand back for the music, 0..19
   * @param log hears once, in a line, which kernel it is and why
   */
  public MatrixKernel(int nice, Consumer<String> log) {
    this(System.getenv(), PROCESSOR, NativeFolder::path, kernel -> run(kernel, nice), log);
  }

  MatrixKernel(
      Map<String, String> environment,
      Path processor,
      Supplier<Path> folder,
      Function<String, Trial> trial,
      Consumer<String> log) {
    this.environment = environment;
    this.processor = processor;
    this.folder = folder;
    this.trial = trial;
    this.log = log;
  }

  /** Prints the kernel's name, or nothing, for a script to set; says why on standard error. */
  public static void main(String[] arguments) {
    System.out.print(new MatrixKernel(0, System.err::println).get());
  }

  /** The kernel's name for the environment of a training; empty: none is set there. */
  @Override
  public synchronized String get() {
    chosen = chosen == null ? choose() : chosen;
    return chosen;
  }

  private String choose() {
    String named = environment.get(VARIABLE);
    if (named != null) {
      log.accept("matrix kernel " + named + ", as the environment says");
      return named;
    }
    String machine = machine();
    if (machine.isEmpty()) {
      return "";
    }
    Path file = folder.get().resolve(FILE);
    try {
      Choice kept = StoredFile.readJson(file, Choice.class);
      if (kept.machine().equals(machine)) {
        log.accept("matrix kernel " + name(kept.kernel()) + ", as measured before: " + file);
        return kept.kernel();
      }
    } catch (IOException none) {
      // Measured anew.
    }
    return measure(machine, file);
  }

  private String measure(String machine, Path file) {
    List<Trial> trials = candidates(machine).map(trial).toList();
    Trial best = fastest(trials);
    log.accept(
        trials.stream()
            .map(Trial::toString)
            .collect(Collectors.joining(", ", "matrix kernel " + name(best.kernel()) + ": ", "")));
    if (best.right() && !Thread.currentThread().isInterrupted()) {
      try {
        StoredFile.writeJson(file, new Choice(machine, best.kernel()));
      } catch (UncheckedIOException full) {
        // Measured again the next time.
      }
    }
    return best.kernel();
  }

  private static String name(String kernel) {
    return kernel.isEmpty() ? "OpenBLAS's own" : kernel;
  }

  /** The first that is right, and any later one that is faster by a tenth; none: as it comes. */
  static Trial fastest(List<Trial> trials) {
    return trials.stream()
        .filter(Trial::right)
        .reduce((one, next) -> next.millis() < FEWEST_GAINED * one.millis() ? next : one)
        .orElse(new Trial("", Double.POSITIVE_INFINITY, 0));
  }

  private static Stream<String> candidates(String machine) {
    Stream<String> wide = machine.contains(" avx512f") ? Stream.of("SkylakeX") : Stream.empty();
    Stream<String> narrow =
        machine.contains(" avx2") ? Stream.of("Haswell", "Zen") : Stream.empty();
    return Stream.of(Stream.of(""), wide, narrow).flatMap(each -> each);
  }

  /** Library and processor in a line; empty where there is nothing to choose. */
  private String machine() {
    if (!System.getProperty("os.name").equals("Linux")
        || !List.of("amd64", "x86_64").contains(System.getProperty("os.arch"))) {
      return "";
    }
    try (Stream<String> lines = Files.lines(processor)) {
      Map<String, String> first =
          lines
              .takeWhile(line -> !line.isBlank())
              .map(line -> line.split("\\s*:\\s*", 2))
              .filter(parts -> parts.length == 2)
              .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a));
      String wide =
          Stream.of(first.getOrDefault("flags", "").split(" ", -1))
              .filter(List.of("avx2", "avx512f")::contains)
              .collect(Collectors.joining(" "));
      return Stream.of("vendor_id", "cpu family", "model", "model name")
          .map(key -> first.getOrDefault(key, ""))
          .collect(
              Collectors.joining(
                  " ",
                  "OpenBLAS " + openblas.class.getPackage().getImplementationVersion() + ", ",
                  " " + wide));
    } catch (IOException | UncheckedIOException absent) {
      return "";
    }
  }

  static Trial run(String kernel, int nice) {
    List<String> command = new ArrayList<>(WorkerAgency.java(nice));
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(WorkerAgency.ownClasses());
    command.add(ProductTrial.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    if (!kernel.isEmpty()) {
      builder.environment().put(VARIABLE, kernel);
    }
    try {
      Process process = builder.start();
      try {
        if (process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
          String[] figures =
              new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                  .strip()
                  .split(" ", -1);
          return new Trial(kernel, Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException broken) {
      // As one that computes wrongly.
    }
    return new Trial(kernel, Double.POSITIVE_INFINITY, 0);
  }
}
