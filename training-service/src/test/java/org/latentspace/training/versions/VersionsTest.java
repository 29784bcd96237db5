package org.latentspace.training.versions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.training.storage.DamagedVersion;
import org.latentspace.training.storage.NameTaken;
import org.latentspace.training.storage.WriteGate;

class VersionsTest {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private boolean deaf;
  private Versions versions;

  @BeforeEach
  void open() {
    versions = reopened();
  }

  private Versions reopened() {
    WriteGate gate = new WriteGate("closed");
    Versions opened = new Versions(folder, this::tellVersion, this::tellActivation, gate);
    opened.open();
    gate.open();
    return opened;
  }

  @Test
  void keepsAFileAsItIsAndFindsItAgain() throws IOException {
    String name = versions.store().reserve("rhythm");
    assertEquals("rhythm-1", name);
    byte[] file = Models.file(name, 1);
    Version version =
        versions.publish("rhythm", name, file, new Version.Origin("job-a", "", 5, 12.34));
    assertEquals(file.length, version.bytes());
    assertEquals("12.3", version.provenance().get("wall_seconds"));
    Versions again = reopened();
    assertEquals(List.of(version), again.store().list("rhythm"));
    assertArrayEquals(file, Files.readAllBytes(again.store().verified(version)));
    assertEquals(List.of("published rhythm/rhythm-1"), told);
  }

  @Test
  void theSameResultOfTheSameJobComesInOnce() {
    byte[] file = Models.file("rhythm-1", 1);
    Version.Origin origin = new Version.Origin("job-a", "", 5, 0);
    Version first = versions.publish("rhythm", "rhythm-1", file, origin);
    assertEquals(first, versions.publish("rhythm", "rhythm-1", file, origin));
    byte[] other = Models.file("rhythm-1", 2);
    assertThrows(NameTaken.class, () -> versions.publish("rhythm", "rhythm-1", other, origin));
  }

  @Test
  void neverUsesANameTwice() {
    upload("rhythm", "rhythm-7");
    assertEquals("rhythm-8", versions.store().reserve("rhythm"));
    assertThrows(NameTaken.class, () -> upload("rhythm", "rhythm-8"));
    assertThrows(NameTaken.class, () -> upload("rhythm", "RHYTHM-7"));
    upload("rhythm", "mine.b");
    versions.delete("rhythm", "rhythm-7");
    assertThrows(NameTaken.class, () -> upload("rhythm", "rhythm-7"));
    versions = reopened();
    assertThrows(NameTaken.class, () -> upload("rhythm", "rhythm-7"));
    assertEquals("rhythm-9", versions.store().reserve("rhythm"));
    assertEquals("six-robots-101", versions.store().reserve("six-robots"));
  }

  @Test
  void goesBackStepByStepToThePlayersOwnModel() {
    upload("rhythm", "a");
    upload("rhythm", "b");
    assertEquals("", versions.activate("rhythm", "a", "researcher", 1).previous());
    assertEquals("a", versions.activate("rhythm", "b", "policy", 2).previous());
    assertEquals("a", versions.activate("rhythm", "b", "researcher", 3).previous());
    versions = reopened();
    Versions.Activation back = versions.rollBack("rhythm", 4);
    assertEquals("a", back.version());
    assertEquals("roll back", back.reason());
    assertEquals(64, back.sha256().length());
    Versions.Activation own = versions.rollBack("rhythm", 5);
    assertEquals(ModelNames.BUILT_IN, own.version());
    assertEquals("", own.sha256());
    assertThrows(IllegalStateException.class, () -> versions.rollBack("rhythm", 6));
    assertThrows(IllegalStateException.class, () -> versions.rollBack("unknown", 6));
    assertEquals("activated rhythm/built-in", told.get(told.size() - 1));
  }

  @Test
  void refusesToTakeAwayWhatPlaysOrPlayedBefore() {
    for (String name : List.of("a", "b", "c")) {
      upload("rhythm", name);
      versions.activate("rhythm", name, "researcher", 1);
    }
    assertThrows(IllegalStateException.class, () -> versions.delete("rhythm", "c"));
    assertThrows(IllegalStateException.class, () -> versions.delete("rhythm", "b"));
    versions.delete("rhythm", "a");
    assertEquals("b", versions.rollBack("rhythm", 2).version());
    assertEquals(ModelNames.BUILT_IN, versions.rollBack("rhythm", 3).version());
    assertTrue(told.contains("deleted rhythm/a"), told.toString());
    assertThrows(NoSuchElementException.class, () -> versions.store().get("rhythm", "a"));
  }

  @Test
  void refusesDamagedFilesByNameAndGoesBackPastThem() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      upload("rhythm", name);
      versions.activate("rhythm", name, "researcher", 1);
    }
    Path file = folder.resolve("rhythm/b.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    Version damaged = versions.store().get("rhythm", "b");
    String message =
        assertThrows(DamagedVersion.class, () -> versions.store().verified(damaged)).getMessage();
    assertTrue(message.contains("rhythm/b"), message);
    assertTrue(versions.damaged().containsKey("rhythm/b"));
    assertThrows(DamagedVersion.class, () -> versions.activate("rhythm", "b", "researcher", 2));
    assertEquals("a", versions.rollBack("rhythm", 3).version());
  }

  @Test
  void knowsAtTheStartWhichFilesAreDamaged() throws IOException {
    upload("rhythm", "a");
    upload("rhythm", "b");
    upload("rhythm", "c");
    versions.activate("rhythm", "a", "researcher", 1);
    Files.writeString(folder.resolve("rhythm/a.json"), "{\"model\":");
    Files.write(folder.resolve("rhythm/b.safetensors"), new byte[3]);
    Files.writeString(folder.resolve("rhythm/active.json"), "[");
    versions = reopened();
    assertEquals(
        List.of("rhythm/a", "rhythm/active", "rhythm/b"), List.copyOf(versions.damaged().keySet()));
    assertEquals(3, versions.store().list("rhythm").size());
    assertThrows(NameTaken.class, () -> upload("rhythm", "a"));
    versions.activate("rhythm", "c", "researcher", 2);
    assertFalse(versions.damaged().containsKey("rhythm/active"));
    versions.delete("rhythm", "a");
    assertFalse(versions.damaged().containsKey("rhythm/a"));
  }

  @Test
  void tellsAgainAfterACrashWhatNobodyHeard() {
    deaf = true;
    upload("rhythm", "a");
    versions.activate("rhythm", "a", "researcher", 1);
    upload("rhythm", "b");
    versions.delete("rhythm", "b");
    deaf = false;
    told.clear();
    versions = reopened();
    versions.tellAgain();
    assertEquals(List.of("published rhythm/a", "activated rhythm/a", "deleted rhythm/b"), told);
    told.clear();
    reopened().tellAgain();
    assertEquals(List.of(), told);
  }

  @Test
  void refusesNamesThatCouldBecomePaths() {
    for (String name :
        List.of("", "..", "../a", "a/b", "a\\b", ".a", "active", "built-in", "a b")) {
      assertThrows(IllegalArgumentException.class, () -> ModelNames.version(name), name);
    }
    for (String name : List.of("", "A", "..", "a/b", "a".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> ModelNames.model(name), name);
    }
    assertThrows(
        IllegalArgumentException.class, () -> versions.store().get("rhythm", "../../etc/passwd"));
  }

  private Version upload(String model, String name) {
    return versions.bringIn(model, name, "", Models.file(name, 1), 7);
  }

  @Test
  void whereWhatWasToldIsLostEveryVersionAndWhatPlaysIsToldAgainAndNothingThatIsGone() {
    upload("rhythm", "a");
    upload("rhythm", "b");
    upload("rhythm", "c");
    versions.activate("rhythm", "b", "researcher", 1);
    versions.delete("rhythm", "a");
    versions = reopened();
    told.clear();
    assertEquals(3, versions.tellAll().toCompletableFuture().join());
    assertEquals(
        List.of("activated rhythm/b", "published rhythm/b", "published rhythm/c"),
        told.stream().sorted().toList());
    assertEquals("activated rhythm/b", told.get(2), "it is there before it is to play");
  }

  @Test
  void beforeTheFoldersAreReadNothingIsToldAsIfItWereAll() {
    Versions closed =
        new Versions(
            folder, this::tellVersion, this::tellActivation, new WriteGate("not read yet"));
    assertThrows(IllegalStateException.class, closed::tellAll);
  }

  private CompletionStage<Void> tellVersion(String key, Version version) {
    return tell((version == null ? "deleted " : "published ") + key);
  }

  private CompletionStage<Void> tellActivation(Versions.Activation activation) {
    return tell("activated " + activation.model() + "/" + activation.version());
  }

  private CompletionStage<Void> tell(String what) {
    told.add(what);
    return deaf
        ? CompletableFuture.failedFuture(new IOException("nobody hears"))
        : CompletableFuture.completedFuture(null);
  }
}
