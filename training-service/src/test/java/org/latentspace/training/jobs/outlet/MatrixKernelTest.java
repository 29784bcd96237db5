package org.latentspace.training.jobs.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.training.jobs.outlet.MatrixKernel.Trial;

@Timeout(120)
class MatrixKernelTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  @TempDir Path folder;
  private final List<String> tried = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void onlyWhereThereIsAChoice() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && List.of("amd64", "x86_64").contains(System.getProperty("os.arch")),
        "kernels are chosen on Linux on x86-64 alone");
  }

  /** Error and milliseconds of OpenBLAS's own choice, SkylakeX, Haswell. */
  @ParameterizedTest
  @CsvSource({
    "1e-6, 9, 1e-6, 4, 1e-6, 5, SkylakeX",
    "1e-6, 9, 1e-6, 5, 1e-6, 4, Haswell",
    "1e-6, 4, 1e-6, 9, 1e-6, 5, ''",
    // A wrong result is refused, however fast; so is none at all.
    "1e-6, 9, 2e-4, 1, 1e-6, 5, Haswell",
    "2e-4, 1, NaN, 1, Infinity, 0, ''",
    "Infinity, 0, 1e-4, 9, 1e-3, 5, SkylakeX",
    // Less than a tenth is noise.
    "1e-6, 5, 1e-6, 4.6, 1e-6, 4.7, ''",
    "1e-6, 9, 1e-6, 4.2, 1e-6, 4, SkylakeX"
  })
  void theFastestThatIsRightIsChosen(
      double error, double millis, double a, double ms, double b, double time, String chosen) {
    List<Trial> trials =
        List.of(
            new Trial("", error, millis),
            new Trial("SkylakeX", a, ms),
            new Trial("Haswell", b, time));
    assertEquals(chosen, MatrixKernel.fastest(trials).kernel());
  }

  @Test
  void itIsTriedOnceForAProcessorAndRemembered() throws IOException {
    Path processor = processor("Xeon 1", "fpu avx2 avx512f");
    assertEquals("Haswell", kernel(Map.of(), processor).get());
    assertEquals(List.of("", "SkylakeX", "Haswell", "Zen"), tried);
    String figures =
        "matrix kernel Haswell: OpenBLAS's own 9.00 ms, SkylakeX refused, error 0.5,"
            + " Haswell 3.00 ms, Zen 3.00 ms";
    assertEquals(List.of(figures), log);
    MatrixKernel again = kernel(Map.of(), processor);
    assertEquals("Haswell", again.get());
    assertEquals("Haswell", again.get());
    assertEquals(4, tried.size());
    assertTrue(log.get(1).startsWith("matrix kernel Haswell, as measured before"), log.get(1));
    assertEquals(2, log.size(), "it is said once");
    assertEquals("Haswell", kernel(Map.of(), processor("Xeon 2", "fpu avx2")).get());
    assertEquals(List.of("", "Haswell", "Zen"), tried.subList(4, tried.size()));
  }

  @Test
  void theEnvironmentsKernelIsKeptUntried() throws IOException {
    Map<String, String> environment = Map.of("OPENBLAS_CORETYPE", "Zen");
    assertEquals("Zen", kernel(environment, processor("Xeon", "avx2")).get());
    assertEquals(List.of("matrix kernel Zen, as the environment says"), log);
    assertEquals(List.of(), tried);
  }

  @Test
  void nothingIsSetWhereTheProcessorIsUnknown() {
    assertEquals("", kernel(Map.of(), folder.resolve("absent")).get());
    assertEquals(List.of(), tried);
  }

  @Test
  void whereNoneIsRightNothingIsSetOrRemembered() throws IOException {
    assertEquals("", kernel(Map.of(), processor("Old", "sse2"), NONE).get());
    assertEquals(List.of(""), tried);
    assertFalse(Files.exists(folder.resolve("matrix-kernel.json")));
  }

  @Test
  void thisMachinesKernelsMultiplyRightly() {
    Trial own = MatrixKernel.run("", 0);
    assertTrue(own.right() && own.error() > 0 && own.millis() > 0, own.toString());
    Trial named = MatrixKernel.run("Prescott", 0);
    assertTrue(named.right() && named.millis() > 0, named.toString());
  }

  private MatrixKernel kernel(Map<String, String> environment, Path processor) {
    return kernel(environment, processor, 1e-6);
  }

  private MatrixKernel kernel(Map<String, String> environment, Path processor, double error) {
    return new MatrixKernel(
        environment,
        processor,
        () -> folder,
        name -> {
          tried.add(name);
          return new Trial(name, name.equals("SkylakeX") ? 0.5 : error, name.isEmpty() ? 9 : 3);
        },
        log::add);
  }

  private Path processor(String name, String flags) throws IOException {
    String text = "processor\t: 0\nmodel\t\t: 207\nmodel name\t: " + name + "\nflags\t: " + flags;
    return Files.writeString(folder.resolve("cpuinfo"), text + "\n\nprocessor\t: 1\n");
  }
}
