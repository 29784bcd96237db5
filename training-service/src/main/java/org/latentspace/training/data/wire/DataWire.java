package org.latentspace.training.data.wire;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.proto.GridFate;
import org.latentspace.proto.Kit;
import org.latentspace.proto.LoopSummary;
import org.latentspace.proto.PieceSummary;
import org.latentspace.proto.SelectionDescription;
import org.latentspace.training.data.Browser.Loop;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.Novelty;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.SelectionSummary;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.Rhythm;

/** Reads and writes the messages of the data set. */
public final class DataWire {
  private static final int MOST_TAGS = 1000;
  private static final int MOST = 1000;
  private static final int LONGEST = 256;

  private DataWire() {}

  public static PieceSummary summary(Piece piece) {
    return PieceSummary.newBuilder()
        .setPiece(piece.id())
        .setName(piece.about().first().name())
        .setSource(piece.about().first().source().written())
        .setPerformer(piece.about().first().performer())
        .setDate(timestamp(piece.about().first().date()))
        .addAllTags(piece.about().tags())
        .setBpm(piece.song().bpm())
        .setBars(piece.song().bars())
        .addAllMetres(piece.song().metres().stream().map(m -> m.written()).distinct().toList())
        .setNotes(piece.song().notes().size())
        .setExcluded(piece.about().excluded())
        .build();
  }

  public static LoopSummary summary(Loop loop) {
    Piece piece = loop.piece();
    return LoopSummary.newBuilder()
        .setLoop(loop.name())
        .setName(piece.about().first().name())
        .addAllTags(loop.tags())
        .setPerformer(piece.about().first().performer())
        .setDate(timestamp(piece.about().first().date()))
        .setSource(piece.about().first().source().written())
        .setBpm(loop.example().bpm())
        .setOnsets(loop.example().cells().length)
        .addAllOnsetsByVoice(loop.onsetsByVoice())
        .setExcluded(loop.excluded())
        .build();
  }

  /** Counts what was picked. */
  public static SelectionDescription description(SelectionSummary pick) {
    Map<String, Integer> tags = new HashMap<>();
    Map<String, Integer> metres = new HashMap<>();
    Map<String, Integer> performers = new HashMap<>();
    long notes = 0;
    for (Piece piece : pick.pieces()) {
      notes += piece.song().notes().size();
      piece.about().tags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
      piece.song().countBars(metres);
      piece.about().origins().stream()
          .map(Origin::performer)
          .filter(performer -> !performer.isEmpty())
          .distinct()
          .forEach(performer -> performers.merge(performer, 1, Integer::sum));
    }
    SelectionDescription.Builder reply =
        SelectionDescription.newBuilder()
            .setPieces(pick.pieces().size())
            .setLoops(pick.data().examples().size())
            .setLoopsExcluded(pick.excluded())
            .setLoopsTooFewOnsets(pick.tooFew())
            .setNotes(notes)
            .setNotesUnmapped(pick.unmappedStrokes())
            .setFate(fate(pick.data().strokes()))
            .putAllPiecesByTag(most(tags))
            .putAllBarsByMetre(metres)
            .putAllPiecesByPerformer(most(performers))
            .setDigest(pick.data().digest());
    pick.unmapped().forEach((key, count) -> reply.putUnmappedKeys(key, count));
    return reply.build();
  }

  public static Kit kit(Kits.Named kit) {
    return Kit.newBuilder()
        .setName(kit.name())
        .setText(kit.text())
        .setBuiltIn(kit.builtIn())
        .build();
  }

  /** Strokes in the order of steps, then voices. */
  public static org.latentspace.proto.Rhythm rhythm(Rhythm rhythm, List<String> voices) {
    org.latentspace.proto.Rhythm.Builder wire =
        org.latentspace.proto.Rhythm.newBuilder()
            .setBars(rhythm.grid().bars())
            .setBeatsPerBar(rhythm.grid().beatsPerBar())
            .setBeatUnit(rhythm.grid().beatUnit())
            .setStepsPerBeat(rhythm.grid().stepsPerBeat())
            .addAllVoices(voices);
    for (int cell : rhythm.struck()) {
      wire.addStep(cell / rhythm.voices())
          .addVoice(cell % rhythm.voices())
          .addVelocity(rhythm.velocity()[cell])
          .addOffset(rhythm.offset()[cell]);
    }
    return wire.build();
  }

  public static GridFate fate(GridWriter.Fate fate) {
    return GridFate.newBuilder()
        .setKept(fate.kept())
        .setMoved(fate.moved())
        .setLost(fate.lost())
        .build();
  }

  /** The most frequent ones, so that a reply stays a reply. */
  public static Map<String, Integer> most(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_TAGS)
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** Throws IllegalArgumentException that names the field that is wrong. */
  public static Selection read(org.latentspace.proto.Selection wire) {
    return new Selection(
        checked("tags", wire.getTagsList()),
        checked("without_tags", wire.getWithoutTagsList()),
        checked("performers", wire.getPerformersList()),
        checked("sources", wire.getSourcesList()).stream().map(Source::of).toList(),
        wire.hasFrom() ? instant("from", wire.getFrom()) : null,
        wire.hasUntil() ? instant("until", wire.getUntil()) : null,
        wire.getLeastBpm(),
        wire.getMostBpm(),
        checked("name_contains", List.of(wire.getNameContains())).get(0),
        checked("pieces", wire.getPiecesList()),
        wire.getWithExcluded(),
        checked("metres", wire.getMetresList()));
  }

  /** Throws IllegalArgumentException for a time that cannot be. */
  public static Instant instant(String field, Timestamp time) {
    try {
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    } catch (DateTimeException | ArithmeticException impossible) {
      throw new IllegalArgumentException(field + " is no time: " + impossible.getMessage());
    }
  }

  private static List<String> checked(String field, List<String> values) {
    if (values.size() > MOST || values.stream().anyMatch(v -> v.length() > LONGEST)) {
      throw new IllegalArgumentException(
          field + " has at most " + MOST + " entries of at most " + LONGEST + " characters");
    }
    return values;
  }

  /** Which bars come in, and how many did. */
  public static org.latentspace.proto.Novelty novelty(Novelty novelty) {
    return org.latentspace.proto.Novelty.newBuilder()
        .setLimit(novelty.rule().limit())
        .setTakeKnown(novelty.rule().all())
        .setNewBars(novelty.newBars())
        .setKnownBars(novelty.knownBars())
        .build();
  }

  /** A rule with what is set; throws IllegalArgumentException with the value and its range. */
  public static Novelty.Rule rule(Novelty.Rule now, org.latentspace.proto.Novelty wanted) {
    return new Novelty.Rule(
        wanted.hasLimit() ? wanted.getLimit() : now.limit(),
        wanted.hasTakeKnown() ? wanted.getTakeKnown() : now.all());
  }
}
