package org.latentspace.audio.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.audio.inlet.WavBytes;
import org.latentspace.audio.inlet.WavFile;

class PacedPlayerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long UNIX = 1_700_000_000L * SECOND;

  private final List<Block> sent = new ArrayList<>();
  private final List<Long> sentAt = new ArrayList<>();
  private long now = 77;
  private boolean there = true;
  private boolean lossless;
  private boolean echoing = true;

  @Test
  void everyBlockLeavesWhenItsLastSampleIsDueHoweverLong() {
    PacedPlayer player = player(false, 256);
    player.add(performer("a", 0), new Saxophone(1, 44_100));
    long late = 0;
    for (int turn = 0; turn < 100_000 && sent.size() < 40_000; turn++) {
      long wait = player.turn(now, UNIX + now);
      // A thread is never woken early, and now and then up to 10 ms late.
      late = wait > 0 && turn % 97 == 0 ? turn % 11 * 1_000_000L : 0;
      now += wait + late;
    }
    assertEquals(40_000, sent.size());
    for (int k = 0; k < sent.size(); k++) {
      long due = 77 + Sound.nanos(256L * (k + 1), 44_100);
      assertTrue(sentAt.get(k) >= due && sentAt.get(k) <= due + 11_000_000, "block " + k);
      assertEquals(UNIX + due, sent.get(k).sound().capturedNanos());
      assertEquals(due - 77, sent.get(k).origin().soundNanos());
      assertEquals(k + 1, sent.get(k).origin().sequence());
      assertFalse(sent.get(k).origin().lossless() || sent.get(k).origin().last());
    }
  }

  @Test
  void goesOnFromThereWhenTheMachineSlept() {
    PacedPlayer player = player(false, 441);
    player.add(performer("a", 0), new Saxophone(1, 44_100));
    run(player, 100);
    now += 3600 * SECOND;
    int before = sent.size();
    run(player, 200);
    assertEquals(1, player.shifts());
    // One that was due, then one every 10 ms: no hurrying after.
    long first = sentAt.get(before + 1);
    assertEquals(90 * 10_000_000L, sentAt.get(before + 91) - first);
  }

  @Test
  void waitsForTheNeighbourFiveSecondsAndThenBeginsWithoutIt() {
    there = false;
    PacedPlayer player = player(false, 256);
    player.add(performer("a", 0), new Saxophone(1, 44_100));
    for (long begin = now; now - begin < 4.99 * SECOND; ) {
      now += player.turn(now, UNIX + now);
    }
    assertEquals(0, sent.size());
    run(player, 40);
    assertTrue(sent.size() > 10);
    assertEquals(Sound.nanos(256, 44_100), sent.get(0).origin().soundNanos());
  }

  @Test
  void losslessKeepsTheWindowAndWritesTheWallClock() {
    echoing = false;
    PacedPlayer player = player(true, 256);
    Performer performer = performer("a", 0);
    player.add(performer, new Saxophone(1, 44_100));
    run(player, 50);
    assertEquals(16, sent.size());
    for (int sequence = 1; sequence <= 10; sequence++) {
      performer.echoed(sequence, false);
    }
    run(player, 50);
    assertEquals(26, sent.size());
    assertTrue(sent.get(25).origin().lossless());
    assertEquals(UNIX + sentAt.get(25), sent.get(25).sound().capturedNanos());
    assertEquals(Sound.nanos(256 * 26, 44_100), sent.get(25).origin().soundNanos());
  }

  @Test
  void saysAfterTenSecondsThatThePathIsStuckAndMends() {
    echoing = false;
    PacedPlayer player = player(true, 256);
    Performer performer = performer("a", 0);
    player.add(performer, new Saxophone(1, 44_100));
    run(player, 30);
    now += 9 * SECOND;
    run(player, 1);
    assertTrue(performer.status().ok());
    now += SECOND;
    run(player, 1);
    assertTrue(performer.status().text().startsWith("stuck: no echo of block 1 for 10 s"));
    performer.echoed(3, false);
    run(player, 1);
    assertTrue(performer.status().ok());
    assertEquals(17, sent.size());
  }

  @Test
  void givesUpALosslessRunAfterAMinuteWithoutEcho() {
    echoing = false;
    PacedPlayer player = player(true, 256);
    Performer performer = performer("a", 0);
    player.add(performer, new Saxophone(1, 44_100));
    run(player, 30);
    now += 60 * SECOND;
    assertEquals(DutyCycle.NEVER, player.turn(now, UNIX + now));
    assertTrue(performer.ended() && performer.finished() && !performer.status().ok());
    assertEquals("the lossless run has failed: no echo for 60 s", performer.status().text());
  }

  @Test
  void saysThatALosslessRunWaitsForItsNeighbourAndBeginsWhenItComes() {
    there = false;
    PacedPlayer player = player(true, 256);
    Performer performer = performer("a", 0);
    player.add(performer, new Saxophone(1, 44_100));
    run(player, 1);
    now += 11 * SECOND;
    run(player, 1);
    assertFalse(performer.status().ok());
    assertEquals(0, sent.size());
    there = true;
    run(player, 3);
    assertEquals(Input.Status.OK, performer.status());
    assertEquals(3, sent.size());
  }

  @Test
  void endsALosslessRunWhoseNeighbourGoesWhileItWaits() {
    echoing = false;
    PacedPlayer player = player(true, 256);
    Performer performer = performer("a", 0);
    player.add(performer, new Saxophone(1, 44_100));
    run(player, 20);
    there = false;
    assertEquals(DutyCycle.NEVER, player.turn(now, UNIX + now));
    assertTrue(performer.status().text().endsWith("the neighbour on the right has gone"));
  }

  @Test
  void endsALosslessRunThatHasLostABlock() {
    PacedPlayer player =
        new PacedPlayer(
            new PacedPlayer.Plan(true, 256, 16),
            (performer, sound) -> performer.number(sound, true) == null,
            () -> true);
    Performer performer = performer("a", 0);
    player.add(performer, new Saxophone(1, 44_100));
    assertEquals(DutyCycle.NEVER, player.turn(now, UNIX));
    assertTrue(performer.status().text().endsWith("block 1 of a could not be sent"));
  }

  @Test
  void severalPerformersTakeTurnsBySoundTimeTheSameWayEveryTime() {
    List<String> first = interleaved();
    sent.clear();
    assertEquals(first, interleaved());
    assertEquals(List.of("c@1", "a@1", "b@1"), first.subList(0, 3));
    long before = 0;
    for (Block block : sent) {
      assertTrue(block.origin().soundNanos() >= before);
      before = block.origin().soundNanos();
    }
  }

  private List<String> interleaved() {
    PacedPlayer player = player(true, 256);
    player.add(performer("a", 1), new Saxophone(1, 44_100));
    player.add(performer("b", 2), new Saxophone(2, 44_100));
    player.add(performer("c", 1.5), new Saxophone(3, 48_000));
    run(player, 5000);
    assertEquals(DutyCycle.NEVER, player.turn(now, UNIX));
    assertEquals(3, sent.stream().filter(block -> block.origin().last()).count());
    return sent.stream()
        .map(block -> block.origin().performer() + "@" + block.origin().sequence())
        .toList();
  }

  @Test
  void theEndIsMarkedAndComesAfterExactlyTheSeconds() {
    PacedPlayer player = player(false, 256);
    player.add(performer("a", 0.5), new Saxophone(1, 44_100));
    run(player, 1000);
    Block last = sent.get(sent.size() - 1);
    assertTrue(last.origin().last());
    assertEquals(SECOND / 2, last.origin().soundNanos());
    assertEquals(22_050 - 86 * 256, last.sound().count());
    assertEquals(1, sent.stream().filter(block -> block.origin().last()).count());
  }

  @Test
  void aRecordingOfWholeBlocksEndsWithAnEmptyOne(@TempDir Path folder) throws Exception {
    Path path = Files.write(folder.resolve("a.wav"), WavBytes.sine(0.256, 8000));
    PacedPlayer player = player(true, 256);
    player.add(performer("a", 0), WavFile.open(path));
    run(player, 100);
    assertEquals(9, sent.size());
    assertEquals(0, sent.get(8).sound().count());
    assertTrue(sent.get(8).origin().last());
    assertEquals(256_000_000, sent.get(8).origin().soundNanos());
  }

  @Test
  void aRecordingThatBreaksEndsAndTheOthersGoOn() {
    SoundSource broken =
        new SoundSource() {
          @Override
          public int sampleRate() {
            return 44_100;
          }

          @Override
          public int read(float[] samples, int count) throws SoundSource.Fault {
            throw new SoundSource.Fault("x.wav: became shorter while it was played");
          }

          @Override
          public void close() {}
        };
    PacedPlayer player = player(false, 256);
    Performer spoilt = performer("a", 0);
    player.add(spoilt, broken);
    player.add(performer("b", 0), new Saxophone(1, 44_100));
    run(player, 100);
    assertTrue(spoilt.ended() && !spoilt.status().ok());
    assertEquals("x.wav: became shorter while it was played", spoilt.status().text());
    assertTrue(sent.get(0).origin().last() && sent.size() > 40);
  }

  private void run(PacedPlayer player, int turns) {
    for (int turn = 0; turn < turns; turn++) {
      long wait = player.turn(now, UNIX + now);
      if (wait == DutyCycle.NEVER) {
        return;
      }
      now += wait;
    }
  }

  private PacedPlayer player(boolean asFastAsPossible, int blockSamples) {
    lossless = asFastAsPossible;
    return new PacedPlayer(
        new PacedPlayer.Plan(asFastAsPossible, blockSamples, 16), this::accept, () -> there);
  }

  private boolean accept(Performer performer, Sound sound) {
    Block block = performer.number(sound, lossless);
    sent.add(block);
    sentAt.add(now);
    if (echoing) {
      performer.echoed(block.origin().sequence(), block.origin().last());
    }
    return true;
  }

  private static Performer performer(String name, double seconds) {
    return new Performer(name, Input.parse("synthetic"), 0, seconds);
  }
}
