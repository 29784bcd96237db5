package org.latentspace.training.data.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.latentspace.wire.Until.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.KeptOutlet;
import org.latentspace.kept.Topic;
import org.latentspace.model.Grid;
import org.latentspace.proto.FollowingBars;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.training.TestConfig;
import org.latentspace.training.data.Arrival;
import org.latentspace.training.data.BuiltIn;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.Novelty;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.PlayedByHand;
import org.latentspace.training.data.PlayedByHand.Bar;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.SelectionSummary;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Metre;
import org.latentspace.training.rhythm.Song.Note;

/** Bars that are new and bars that are not, played as people play, on their way to the data set. */
class NoveltyTest {
  private static final int PLANTED = 20;
  private static final int[] KEYS = {36, 38, 42, 46, 45, 47, 50, 39, 51};

  @TempDir Path folder;

  private final FakeLog log = new FakeLog();
  private final Random random = new Random(20);
  private DataFlow flow;
  private volatile boolean brokerIsGone;

  /** A broker that may be gone, before the log that is followed. */
  private final KeptLog broker =
      new KeptLog() {
        @Override
        public CompletionStage<Long> append(Topic topic, String key, byte[] value) {
          return brokerIsGone
              ? CompletableFuture.failedFuture(new IOException("the broker is gone"))
              : log.append(topic, key, value);
        }

        @Override
        public Following follow(Topic topic, String follower, Start start, Handler handler) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String status() {
          return brokerIsGone ? "the broker is gone" : "ok";
        }

        @Override
        public void close() {}
      };

  @BeforeEach
  void begin() {
    flow = new DataFlow(TestConfig.in(folder.resolve("data").toString()));
    new DataFollowers(flow, log).begin();
  }

  @AfterEach
  void close() {
    flow.rhythms().close();
  }

  @Test
  void plantedBarsThatAreNewComeInAndKnownOnesDoNotWhileTheBrokerComesAndGoes() {
    List<Bar> known = new ArrayList<>();
    BuiltIn.pieces().forEach(piece -> known.addAll(Bar.of(piece.song(), 4)));
    plantAndSend(known, newBars(sets(known)));
  }

  @Test
  void soItIsAgainstTheGrooveMidiDataset() throws Exception {
    String named = System.getProperty("LSE_TEST_DATA", System.getenv("LSE_TEST_DATA"));
    Path data = (named == null ? Path.of("../../shared/data") : Path.of(named)).resolve("gmd");
    assumeTrue(Files.isRegularFile(data.resolve("info.csv")), "no Groove MIDI Dataset: " + data);
    List<Bar> known = new ArrayList<>();
    List<Bar> other = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("info.csv"))) {
      boolean train = line.contains(",train");
      for (String cell : line.split(",", -1)) {
        if (cell.endsWith(".mid") && Files.isRegularFile(data.resolve(cell))) {
          Song song = MidiFileReader.read(cell, Files.readAllBytes(data.resolve(cell)));
          (train ? known : other).addAll(Bar.of(song, 5));
          Origin origin = new Origin(Origin.Source.MIDI, cell, "", Instant.EPOCH);
          if (train) {
            arrivals.add(new Arrival(song, origin, List.of()));
          }
        }
      }
    }
    flow.rhythms().add(arrivals);
    Map<String, List<Set<Integer>>> sets = sets(known);
    Collections.shuffle(other, random);
    List<Bar> fresh = other.stream().filter(bar -> isFarFromAll(bar, sets)).limit(PLANTED).toList();
    plantAndSend(known, fresh);
  }

  private void plantAndSend(List<Bar> knownBars, List<Bar> fresh) {
    assertEquals(PLANTED, fresh.size());
    List<Bar> known = new ArrayList<>(knownBars);
    Collections.shuffle(known, random);
    PlayedByHand hand = new PlayedByHand(3);
    List<RecordedRhythm> records = new ArrayList<>();
    for (int i = 0; i < PLANTED; i++) {
      records.add(hand.play(fresh.get(i), "new-" + i));
      records.add(hand.play(known.get(i), "known-" + i));
    }
    brokerIsGone = true;
    KeptOutlet outlet =
        new KeptOutlet(folder.resolve("kept"), Topic.RECORDED_RHYTHMS, broker, 10 << 20);
    for (int i = 0; i < records.size(); i++) {
      RecordedRhythm record = records.get(i);
      outlet
          .keep("pads/" + record.getRhythmId(), record.toByteArray())
          .toCompletableFuture()
          .join();
      if (i == records.size() / 2) {
        assertEquals(i + 1, outlet.waiting());
        outlet.close();
        brokerIsGone = false;
        outlet = new KeptOutlet(folder.resolve("kept"), Topic.RECORDED_RHYTHMS, broker, 10 << 20);
      }
    }
    KeptOutlet last = outlet;
    until("all have arrived", () -> last.waiting() == 0);
    outlet.close();
    Novelty novelty = flow.novelty();
    assertEquals(2 * PLANTED, novelty.newBars() + novelty.knownBars(), "nothing lost or doubled");
    double recall = came("pads/new-") / (double) PLANTED;
    double added = came("pads/known-") / (double) PLANTED;
    System.out.printf(
        "novelty: recall %.2f, false additions %.2f, %s%n", recall, added, microseconds(records));
    assertTrue(recall >= 0.9, "recall " + recall);
    assertTrue(added <= 0.1, "false additions " + added);
  }

  private long came(String name) {
    return flow.rhythms().pieces().stream()
        .filter(piece -> piece.about().first().name().startsWith(name))
        .count();
  }

  private String microseconds(List<RecordedRhythm> records) {
    Origin nobody = new Origin(Origin.Source.RECORDED, "x", "", Instant.EPOCH);
    long spent = 0;
    for (RecordedRhythm record : records) {
      Song song = PlayedSong.of("x", record.getBpm() + 1, record.getRhythm(), PlayedByHand.KIT);
      long start = System.nanoTime();
      flow.rhythms().distances(song, nobody);
      spent += System.nanoTime() - start;
    }
    return spent / 1000 / records.size() + " us a bar";
  }

  /** Strokes on sixteenths, another measure than the one that is tested. */
  private static Set<Integer> sixteenths(Bar bar) {
    Set<Integer> all = new HashSet<>();
    for (Note note : bar.notes()) {
      if (note.velocity() > 0.3) {
        int voice = PlayedByHand.KIT.voiceOf(note.key()).orElse(15);
        all.add((int) Math.max(0, Math.round(note.quarter() * 4)) * 16 + voice);
      }
    }
    return all;
  }

  private static Map<String, List<Set<Integer>>> sets(List<Bar> bars) {
    Map<String, List<Set<Integer>>> byMetre = new HashMap<>();
    for (Bar bar : bars) {
      byMetre
          .computeIfAbsent(bar.metre().written(), metre -> new ArrayList<>())
          .add(sixteenths(bar));
    }
    return byMetre;
  }

  private static boolean isFarFromAll(Bar bar, Map<String, List<Set<Integer>>> sets) {
    Set<Integer> own = sixteenths(bar);
    return own.size() >= 4
        && sets.getOrDefault(bar.metre().written(), List.of()).stream()
            .noneMatch(other -> distance(own, other) < 0.5);
  }

  private static double distance(Set<Integer> one, Set<Integer> other) {
    long both = one.stream().filter(other::contains).count();
    long either = one.size() + other.size() - both;
    return either == 0 ? 0 : 1 - (double) both / either;
  }

  /** Bars of three or four voices, each of evenly spread strokes, that nothing here is like. */
  private List<Bar> newBars(Map<String, List<Set<Integer>>> sets) {
    List<Bar> bars = new ArrayList<>();
    while (bars.size() < PLANTED) {
      List<Note> notes = new ArrayList<>();
      for (int voice = 0; voice < 4; voice++) {
        int strokes = 1 + random.nextInt(5);
        int turn = random.nextInt(16);
        int key = KEYS[random.nextInt(KEYS.length)];
        for (int i = 0; i < strokes; i++) {
          notes.add(new Note((i * 16 / strokes + turn) % 16 / 4.0, key, 0.6f + voice / 10f));
        }
      }
      Bar bar = new Bar(new Metre(0, 4, 4), 100 + random.nextInt(60), notes);
      if (isFarFromAll(bar, sets)
          && bars.stream().noneMatch(b -> distance(sixteenths(b), sixteenths(bar)) < 0.5)) {
        bars.add(bar);
      }
    }
    return bars;
  }

  @Test
  void aPieceWithANewBarComesInWholeAndItsKnownBarsBeginNoLoopsButBeforeTheNewOne() {
    List<Bar> known = new ArrayList<>();
    BuiltIn.pieces().forEach(piece -> known.addAll(Bar.of(piece.song(), 6)));
    Bar fresh = newBars(sets(known)).get(0);
    PlayedByHand hand = new PlayedByHand(5);
    RecordedRhythm.Builder take = hand.play(known.get(0), "take").toBuilder();
    for (Bar bar : List.of(known.get(1), fresh, known.get(2), known.get(3))) {
      take.addFollowing(
          FollowingBars.newBuilder()
              .setRhythm(hand.play(bar, "").getRhythm())
              .setBpm(take.getBpm()));
    }
    send(take.build());
    Piece piece = flow.browser().pieces(Selection.ALL, 0, "").entries().get(0);
    assertEquals(5, piece.song().bars());
    assertEquals(1, flow.rhythms().counts().newBars());
    SelectionSummary two =
        flow.rhythms().pick(Selection.ALL, Grid.STANDARD, flow.kits().named(Kits.GENERAL_MIDI), 1);
    assertEquals(2, two.data().examples().size(), "loops that begin with bar 1 and bar 2");
    // The same take again is the same piece; as another take nothing of it is new.
    send(take.build());
    send(take.setRhythmId("again").setBpm(take.getBpm() + 1).build());
    assertEquals(1, flow.rhythms().counts().pieces());
    assertEquals(1, flow.rhythms().counts().newBars());
  }

  @Test
  void whatSomebodyAskedForComesInWholeAndEverythingIfToldSo() {
    List<Bar> known = Bar.of(BuiltIn.pieces().get(0).song(), 6);
    PlayedByHand hand = new PlayedByHand(5);
    send(hand.play(known.get(0), "not-new"));
    assertEquals(0, flow.rhythms().counts().pieces());
    send(hand.play(known.get(0), "wanted").toBuilder().setAskedFor(true).build());
    assertEquals(1, flow.rhythms().counts().pieces());
    assertEquals(0, flow.rhythms().counts().newBars());
    flow.novelty().rule(new Novelty.Rule(0.45, true));
    send(hand.play(known.get(1), "all"));
    assertEquals(2, flow.rhythms().counts().pieces());
    assertEquals(0, flow.rhythms().counts().newBars());
    Grid bar = new Grid(1, 4, 4, 12);
    SelectionSummary all =
        flow.rhythms().pick(Selection.ALL, bar, flow.kits().named(Kits.GENERAL_MIDI), 1);
    assertEquals(2, all.data().examples().size(), "both are loops to learn from");
  }

  private void send(RecordedRhythm record) {
    String key = record.getEnsemble() + "/" + record.getRhythmId();
    log.append(Topic.RECORDED_RHYTHMS, key, record.toByteArray());
    assertEquals(0, log.poisoned());
  }
}
