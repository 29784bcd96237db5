package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.midi.rhythm.Rhythms.FOUR_FOUR;
import static org.latentspace.midi.rhythm.Rhythms.hit;
import static org.latentspace.midi.rhythm.Rhythms.pattern;
import static org.latentspace.wire.Until.until;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;
import org.latentspace.midi.played.HeardStrokes;
import org.latentspace.midi.played.LookBack;
import org.latentspace.midi.played.LookBack.Source;
import org.latentspace.midi.played.PlayedRing;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.time.SongPosition;
import org.latentspace.proto.RecordedRhythm;

/**
 * A process records loops, pads and what is asked for while no broker is there, and is killed; the
 * next one sends all that was on the disk, each once.
 */
class KilledRecorderTest {
  private static final int RECORDS = 150;

  @TempDir Path folder;

  /** A broker that is away, and where all that comes has another key. */
  private static final class Broker implements KeptLog {
    private final AtomicBoolean here = new AtomicBoolean();
    private final Map<String, byte[]> arrived = new ConcurrentHashMap<>();
    private final AtomicBoolean twice = new AtomicBoolean();

    @Override
    public CompletionStage<Long> append(Topic topic, String key, byte[] value) {
      if (!here.get()) {
        return CompletableFuture.failedFuture(new IOException("the broker is gone"));
      }
      if (arrived.put(key, value) != null) {
        twice.set(true);
      }
      return CompletableFuture.completedFuture(0L);
    }

    @Override
    public Following follow(Topic topic, String follower, Start start, Handler handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String status() {
      return here.get() ? "ok" : "the broker is gone";
    }

    @Override
    public void close() {}
  }

  /** Records without an end, and says how many records are on the disk. */
  public static void main(String[] folder) throws Exception {
    KeptOutlet outlet =
        new KeptOutlet(Path.of(folder[0]), Topic.RECORDED_RHYTHMS, new Broker(), 64L << 20);
    LoopRecorder recorder =
        new LoopRecorder(
            new RecordedRhythms(() -> outlet, new SecureRandom()),
            new LookBack(),
            Set.of("model", "pads"));
    recorder.record(true);
    PlayedRing ring = (PlayedRing) recorder.listen("robots", voice -> true);
    SongPosition[] song = {SongPosition.waiting(120)};
    HeardStrokes pads = recorder.hear(new Source("pads", "robots", "ann"), () -> song[0]);
    recorder.start();
    for (int bar = 0; ; bar++) {
      long now = System.nanoTime();
      song[0] = new SongPosition(bar, now, 120, true, 0, FOUR_FOUR);
      pads.strike("snare", 0.5f, now + bar * 1000L);
      Pattern pattern = pattern(bar, FOUR_FOUR, List.of(hit(bar % 96, bar % 4, 0.25)));
      ring.own(pattern, bar, 0, 120);
      ring.barLine(bar, bar * FOUR_FOUR.barGrains());
      for (int stroke = 0; stroke < pattern.count(); stroke++) {
        if (pattern.step(stroke) / 48 == bar % 2) {
          ring.struck(
              pattern, stroke, bar * FOUR_FOUR.barGrains() + pattern.step(stroke) % 48 * 80_000L);
        }
      }
      LockSupport.parkNanos(2_000_000);
      if (bar % 40 == 39) {
        for (LoopRecorder.Kept kept :
            recorder.keepHeard(new Source("", "", ""), 2).toCompletableFuture().get()) {
          System.out.println("kept " + kept.key());
        }
        System.out.println("recorded " + recorder.state().recorded());
      }
    }
  }

  @Test
  void losesNothingThatWasOnTheDiskAndSendsItOnce() throws Exception {
    Set<String> asked = new HashSet<>();
    long recorded = recordAndKill(asked);
    Broker broker = new Broker();
    broker.here.set(true);
    KeptOutlet outlet = new KeptOutlet(folder, Topic.RECORDED_RHYTHMS, broker, 64L << 20);
    until("all is sent", () -> outlet.waiting() == 0);
    outlet.close();
    assertTrue(broker.arrived.size() >= recorded, broker.arrived.size() + " of " + recorded);
    assertTrue(broker.arrived.keySet().containsAll(asked), "asked for: " + asked);
    assertTrue(!broker.twice.get(), "each once");
    Set<String> sources = new HashSet<>();
    for (Map.Entry<String, byte[]> each : broker.arrived.entrySet()) {
      RecordedRhythm record = RecordedRhythm.parseFrom(each.getValue());
      assertEquals(each.getKey(), record.getEnsemble() + "/" + record.getRhythmId());
      sources.add(record.getSource() + (record.getAskedFor() ? " asked for" : ""));
    }
    assertTrue(sources.containsAll(Set.of("model", "pads")), sources.toString());
    assertTrue(sources.stream().anyMatch(s -> s.endsWith("asked for")), sources.toString());
  }

  /** Returns how many records it had said were on the disk. */
  private long recordAndKill(Set<String> asked) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledRecorderTest.class.getName(),
            folder.toString());
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    List<Long> recorded = new ArrayList<>(List.of(0L));
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (line.matches("kept robots/[a-z0-9]{26}")) {
          asked.add(line.substring(5));
        } else if (line.matches("recorded \\d+")) {
          recorded.add(Long.parseLong(line.substring(9)));
        }
        if (recorded.get(recorded.size() - 1) >= RECORDS) {
          // Not the process's own destroyForcibly, which closes the stream that is being read.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    assertTrue(
        recorded.get(recorded.size() - 1) >= RECORDS,
        () -> said.stream().collect(Collectors.joining("\n")));
    return recorded.get(recorded.size() - 1);
  }
}
