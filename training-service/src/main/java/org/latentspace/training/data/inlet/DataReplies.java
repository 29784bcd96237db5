package org.latentspace.training.data.inlet;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.latentspace.proto.GridFate;
import org.latentspace.proto.ImportReport;
import org.latentspace.proto.Kit;
import org.latentspace.proto.LoopReply;
import org.latentspace.proto.LoopSummary;
import org.latentspace.proto.PieceSummary;
import org.latentspace.proto.SelectionDescription;
import org.latentspace.training.data.Description;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.Loop;
import org.latentspace.training.data.Piece;
import org.latentspace.training.rhythm.GridWriter;
import org.latentspace.training.rhythm.Rhythm;

/** Writes what the data set says as messages. */
final class DataReplies {
  private static final int MOST_TAGS = 1000;

  private DataReplies() {}

  static ImportReport report(org.latentspace.training.data.ImportReport report, double seconds) {
    long unmapped = report.unmapped().values().stream().mapToLong(Long::longValue).sum();
    return ImportReport.newBuilder()
        .setFiles(report.files())
        .setPiecesAdded(report.added())
        .setPiecesKnown(report.known())
        .addAllSkipped(report.skipped())
        .setFilesSkipped(report.filesSkipped())
        .setNotes(report.notes())
        .setNotesUnmapped(unmapped)
        .putAllUnmappedKeys(report.unmapped())
        .setFate(fate(report.fate()))
        .setLoops(report.loops())
        .setLoopsTooFewOnsets(report.tooFew())
        .putAllBarsByMetre(report.barsByMetre())
        .putAllPiecesByTag(most(report.piecesByTag()))
        .setNotesOnOtherChannels(report.otherChannels())
        .setSeconds(seconds)
        .addAllRemarks(report.remarks())
        .addAllWithoutLoops(report.withoutLoops())
        .setPiecesWithoutLoops(report.piecesWithoutLoops())
        .build();
  }

  static PieceSummary summary(Piece piece) {
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

  static LoopSummary summary(Loop loop) {
    Piece piece = loop.piece();
    Rhythm rhythm = loop.example().rhythm();
    return LoopSummary.newBuilder()
        .setLoop(loop.name())
        .setName(piece.about().first().name())
        .addAllTags(loop.tags())
        .setPerformer(piece.about().first().performer())
        .setDate(timestamp(piece.about().first().date()))
        .setSource(piece.about().first().source().written())
        .setBpm(loop.example().bpm())
        .setOnsets(rhythm.strokes())
        .addAllOnsetsByVoice(loop.onsetsByVoice())
        .setExcluded(loop.excluded())
        .build();
  }

  static LoopReply reply(Loop loop, List<String> voices) {
    return LoopReply.newBuilder()
        .setSummary(summary(loop))
        .setRhythm(rhythm(loop.example().rhythm(), voices))
        .build();
  }

  static SelectionDescription description(Description description) {
    long unmapped = description.unmapped().values().stream().mapToLong(Integer::longValue).sum();
    SelectionDescription.Builder reply =
        SelectionDescription.newBuilder()
            .setPieces(description.pieces())
            .setLoops(description.loops())
            .setLoopsExcluded(description.excluded())
            .setLoopsTooFewOnsets(description.tooFew())
            .setNotes(description.notes())
            .setNotesUnmapped(unmapped)
            .setFate(fate(description.fate()))
            .putAllPiecesByTag(most(description.piecesByTag()))
            .putAllBarsByMetre(description.barsByMetre())
            .putAllPiecesByPerformer(most(description.piecesByPerformer()))
            .setDigest(description.digest());
    description.unmapped().forEach((key, count) -> reply.putUnmappedKeys(key, count));
    return reply.build();
  }

  static Kit kit(Kits.Named kit) {
    return Kit.newBuilder()
        .setName(kit.name())
        .setText(kit.text())
        .setBuiltIn(kit.builtIn())
        .build();
  }

  /** Strokes in the order of steps, then voices. */
  static org.latentspace.proto.Rhythm rhythm(Rhythm rhythm, List<String> voices) {
    org.latentspace.proto.Rhythm.Builder wire =
        org.latentspace.proto.Rhythm.newBuilder()
            .setBars(rhythm.grid().bars())
            .setBeatsPerBar(rhythm.grid().beatsPerBar())
            .setBeatUnit(rhythm.grid().beatUnit())
            .setStepsPerBeat(rhythm.grid().stepsPerBeat())
            .addAllVoices(voices);
    for (int cell = 0; cell < rhythm.size(); cell++) {
      if (rhythm.onset()[cell] > 0) {
        wire.addStep(cell / rhythm.voices())
            .addVoice(cell % rhythm.voices())
            .addVelocity(rhythm.velocity()[cell])
            .addOffset(rhythm.offset()[cell]);
      }
    }
    return wire.build();
  }

  private static GridFate fate(GridWriter.Fate fate) {
    return GridFate.newBuilder()
        .setKept(fate.kept())
        .setMoved(fate.moved())
        .setLost(fate.lost())
        .build();
  }

  /** The most frequent ones, so that a reply stays a reply. */
  private static Map<String, Integer> most(Map<String, Integer> counts) {
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
}
