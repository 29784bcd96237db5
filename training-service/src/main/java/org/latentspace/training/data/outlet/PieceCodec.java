package org.latentspace.training.data.outlet;

import static org.latentspace.training.data.outlet.Journals.readInstant;
import static org.latentspace.training.data.outlet.Journals.readList;
import static org.latentspace.training.data.outlet.Journals.readText;
import static org.latentspace.training.data.outlet.Journals.writeInstant;
import static org.latentspace.training.data.outlet.Journals.writeList;
import static org.latentspace.training.data.outlet.Journals.writeText;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.latentspace.training.data.Change;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.PieceInfo;
import org.latentspace.training.data.Source;
import org.latentspace.training.rhythm.Note;
import org.latentspace.training.rhythm.Song;

/** How pieces and their marks stand in the journal. */
final class PieceCodec implements Codec<Change> {
  private static final int CAME = 1;
  private static final int MARKED = 2;
  private static final int GONE = 3;

  @Override
  public void write(Change change, DataOutputStream out) throws IOException {
    if (change instanceof Change.Came came) {
      out.writeByte(CAME);
      writeText(came.id(), out);
      writeSong(came.piece().song(), out);
      writeAbout(came.piece().about(), out);
    } else if (change instanceof Change.Marked marked) {
      out.writeByte(MARKED);
      writeText(marked.id(), out);
      writeAbout(marked.about(), out);
    } else {
      out.writeByte(GONE);
      writeText(change.id(), out);
    }
  }

  @Override
  public Change read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    String id = readText(in);
    return switch (kind) {
      case CAME -> new Change.Came(new Piece(id, readSong(in), readAbout(in)));
      case MARKED -> new Change.Marked(id, readAbout(in));
      case GONE -> new Change.Gone(id);
      default -> throw new IOException("a change of kind " + kind);
    };
  }

  private static void writeSong(Song song, DataOutputStream out) throws IOException {
    writeText(song.name(), out);
    out.writeDouble(song.quarters());
    writeList(
        song.tempi(),
        out,
        (tempo, to) -> {
          to.writeDouble(tempo.quarter());
          to.writeDouble(tempo.bpm());
        });
    writeList(
        song.metres(),
        out,
        (metre, to) -> {
          to.writeDouble(metre.quarter());
          to.writeInt(metre.beats());
          to.writeInt(metre.unit());
        });
    writeList(
        song.notes(),
        out,
        (note, to) -> {
          to.writeDouble(note.quarter());
          to.writeByte(note.key());
          to.writeFloat(note.velocity());
        });
    writeList(
        new TreeMap<>(song.voices()).entrySet(),
        out,
        (voice, to) -> {
          to.writeInt(voice.getKey());
          writeText(voice.getValue(), to);
        });
  }

  private static Song readSong(DataInputStream in) throws IOException {
    String name = readText(in);
    double quarters = in.readDouble();
    List<Song.Tempo> tempi =
        readList(in, from -> new Song.Tempo(from.readDouble(), from.readDouble()));
    List<Song.Metre> metres =
        readList(in, from -> new Song.Metre(from.readDouble(), from.readInt(), from.readInt()));
    List<Note> notes =
        readList(in, from -> new Note(from.readDouble(), from.readByte(), from.readFloat()));
    Map<Integer, String> voices = new TreeMap<>();
    readList(in, from -> voices.put(from.readInt(), readText(from)));
    return new Song(name, quarters, tempi, metres, notes, voices);
  }

  private static void writeAbout(PieceInfo about, DataOutputStream out) throws IOException {
    writeList(
        about.origins(),
        out,
        (origin, to) -> {
          writeText(origin.source().written(), to);
          writeText(origin.name(), to);
          writeText(origin.performer(), to);
          writeInstant(origin.date(), to);
        });
    writeList(about.tags(), out, Journals::writeText);
    out.writeBoolean(about.excluded());
    writeList(
        about.loops().entrySet(),
        out,
        (loop, to) -> {
          to.writeInt(loop.getKey());
          writeList(loop.getValue().tags(), to, Journals::writeText);
          to.writeBoolean(loop.getValue().excluded());
        });
  }

  private static PieceInfo readAbout(DataInputStream in) throws IOException {
    List<Origin> origins =
        readList(
            in,
            from ->
                new Origin(
                    Source.of(readText(from)), readText(from), readText(from), readInstant(from)));
    List<String> tags = readList(in, Journals::readText);
    boolean excluded = in.readBoolean();
    SortedMap<Integer, PieceInfo.LoopMark> loops = new TreeMap<>();
    readList(
        in,
        from ->
            loops.put(
                from.readInt(),
                new PieceInfo.LoopMark(
                    new TreeSet<>(readList(from, Journals::readText)), from.readBoolean())));
    return new PieceInfo(origins, new TreeSet<>(tags), excluded, loops);
  }
}
