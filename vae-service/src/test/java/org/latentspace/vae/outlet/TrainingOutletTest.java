package org.latentspace.vae.outlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.LibraryRequest;
import org.latentspace.proto.Rhythm;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.RandomModel;
import org.latentspace.vae.versions.ModelActivation;
import org.latentspace.vae.versions.ModelSource.Unavailable;

class TrainingOutletTest {
  private static final String SHA_256 = "0".repeat(64);
  private final byte[] file = new byte[3_000_001];
  private FakeTraining training;
  private TrainingOutlet outlet;

  @BeforeEach
  void open() throws Exception {
    new Random(1).nextBytes(file);
    training = new FakeTraining();
    training.files.put("six/six-1", file);
    outlet = new TrainingOutlet("127.0.0.1", training.port(), 20_000);
  }

  @AfterEach
  void close() {
    outlet.close();
    training.close();
  }

  @Test
  void fetchesAFileWholeWhetherItsSizeIsSaidOrNot() throws Exception {
    assertArrayEquals(file, outlet.fetch(wanted("six-1", file.length), () -> false));
    assertArrayEquals(file, outlet.fetch(wanted("six-1", 0), () -> false));
  }

  @Test
  void takesNoMoreThanItsSize() {
    ModelFault fault =
        assertThrows(ModelFault.class, () -> outlet.fetch(wanted("six-1", 1_000_000), () -> false));
    assertTrue(fault.getMessage().contains("more than the 1000000 bytes"), fault.getMessage());
  }

  @Test
  void saysWhatTheMatterIsWhenItCannotBeHadAndFetchesItLater() throws Exception {
    away("six-2", "NOT_FOUND (no six-2)");
    assertArrayEquals(file, outlet.fetch(wanted("six-1", 0), () -> false));
    training.close();
    away("six-1", "UNAVAILABLE");
  }

  @Test
  void doesNotWaitForEverForOneThatHasFallenSilent() {
    training.chunks = 3;
    outlet.close();
    outlet = new TrainingOutlet("127.0.0.1", training.port(), 300);
    away("six-1", "silent for 300 ms");
  }

  @Test
  void isGivenUpInTheMiddle() {
    AtomicInteger asked = new AtomicInteger();
    Unavailable away =
        assertThrows(
            Unavailable.class,
            () -> outlet.fetch(wanted("six-1", 0), () -> asked.incrementAndGet() > 5));
    assertTrue(away.getMessage().contains("given up"), away.getMessage());
  }

  @Test
  void fetchesALibraryWithoutWhatDoesNotFit() throws Exception {
    Rhythm rhythm =
        Rhythm.newBuilder()
            .setBars(1)
            .setBeatsPerBar(4)
            .setBeatUnit(4)
            .setStepsPerBeat(4)
            .addVoices("kick")
            .addStep(3)
            .addVoice(0)
            .addVelocity(0.5f)
            .addOffset(0)
            .build();
    add("good", rhythm);
    add("nothing", Rhythm.getDefaultInstance());
    add("beyond", rhythm.toBuilder().setStep(0, 16).build());
    add("cut", rhythm.toBuilder().clearOffset().build());
    add("loud", rhythm.toBuilder().setVelocity(0, Float.NaN).build());
    add("of another grid", rhythm.toBuilder().setBars(2).build());
    add("also good", rhythm.toBuilder().setStep(0, 15).build());
    Grid grid = new Grid(1, 4, 4, 4);
    Model model =
        RandomModel.of(new RandomModel.Size(grid, RandomModel.VOICES, 2, 8), "random-1", 1);
    List<Entry> entries = outlet.library("six", model, () -> false);
    assertEquals(List.of("good", "also good"), entries.stream().map(Entry::id).toList());
    assertEquals(3, entries.get(0).rhythm().step()[0]);
    LibraryRequest request = training.requests.get(0);
    assertEquals("six random-1", request.getModel() + " " + request.getVersion());
    assertEquals(model.voices(), request.getVoicesList());
    assertEquals(4, request.getGrid().getStepsPerBeat());
    training.close();
    assertThrows(Unavailable.class, () -> outlet.library("six", model, () -> false));
  }

  private void add(String id, Rhythm rhythm) {
    training.library.add(LibraryEntry.newBuilder().setId(id).setRhythm(rhythm).build());
  }

  private void away(String version, String why) {
    Unavailable away =
        assertThrows(Unavailable.class, () -> outlet.fetch(wanted(version, 0), () -> false));
    assertTrue(away.getMessage().startsWith("training-service at 127.0.0.1:"), away.getMessage());
    assertTrue(away.getMessage().contains(why), away.getMessage());
  }

  private static ModelActivation wanted(String version, long bytes) {
    return new ModelActivation("six", version, SHA_256, bytes, 1);
  }
}
