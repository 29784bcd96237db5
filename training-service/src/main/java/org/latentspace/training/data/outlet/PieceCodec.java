package org.latentspace.training.data.outlet;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.latentspace.training.data.Journal.Change;
import org.latentspace.training.data.Origin;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.PieceInfo;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

/** How pieces and their marks stand in the journal. */
final class PieceCodec {
  private static final int CAME = 1;
  private static final int MARKED = 2;
  private static final int GONE = 3;

  private PieceCodec() {}

  static void write(Change change, DataOutputStream out) throws IOException {
    if (change instanceof Change.Came came) {
      out.writeByte(CAME);
      out.writeUTF(came.id());
      writeSong(came.piece().song(), out);
      writeAbout(came.piece().about(), out);
    } else if (change instanceof Change.Marked marked) {
      out.writeByte(MARKED);
      out.writeUTF(marked.id());
      writeAbout(marked.about(), out);
    } else {
      out.writeByte(GONE);
      out.writeUTF(change.id());
    }
  }

  /** Throws IOException or IllegalArgumentException for bytes that are no change. */
  static Change read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    String id = in.readUTF();
    return switch (kind) {
      case CAME -> new Change.Came(new Piece(id, readSong(in), readAbout(in)));
      case MARKED -> new Change.Marked(id, readAbout(in));
      case GONE -> new Change.Gone(id);
      default -> throw new IOException("a change of kind " + kind);
    };
  }

  private static void writeSong(Song song, DataOutputStream out) throws IOException {
    out.writeUTF(song.name());
    out.writeDouble(song.quarters());
    writeList(
        song.tempi(),
        out,
        (to, tempo) -> {
          to.writeDouble(tempo.quarter());
          to.writeDouble(tempo.bpm());
        });
    writeList(
        song.metres(),
        out,
        (to, metre) -> {
          to.writeDouble(metre.quarter());
          to.writeInt(metre.beats());
          to.writeInt(metre.unit());
        });
    writeList(
        song.notes(),
        out,
        (to, note) -> {
          to.writeDouble(note.quarter());
          to.writeByte(note.key());
          to.writeFloat(note.velocity());
        });
    writeList(
        new TreeMap<>(song.voices()).entrySet(),
        out,
        (to, voice) -> {
          to.writeInt(voice.getKey());
          to.writeUTF(voice.getValue());
        });
  }

  private static Song readSong(DataInputStream in) throws IOException {
    String name = in.readUTF();
    double quarters = in.readDouble();
    List<Song.Tempo> tempi =
        readList(in, from -> new Song.Tempo(from.readDouble(), from.readDouble()));
    List<Song.Metre> metres =
        readList(in, from -> new Song.Metre(from.readDouble(), from.readInt(), from.readInt()));
    List<Note> notes =
        readList(in, from -> new Note(from.readDouble(), from.readByte(), from.readFloat()));
    Map<Integer, String> voices = new TreeMap<>();
    readList(in, from -> voices.put(from.readInt(), from.readUTF()));
    return new Song(name, quarters, tempi, metres, notes, voices);
  }

  private static void writeAbout(PieceInfo about, DataOutputStream out) throws IOException {
    writeList(
        about.origins(),
        out,
        (to, origin) -> {
          to.writeUTF(origin.source().written());
          to.writeUTF(origin.name());
          to.writeUTF(origin.performer());
          to.writeLong(origin.date().getEpochSecond());
          to.writeInt(origin.date().getNano());
        });
    writeList(about.tags(), out, DataOutputStream::writeUTF);
    out.writeBoolean(about.excluded());
    writeList(
        about.loops().entrySet(),
        out,
        (to, loop) -> {
          to.writeInt(loop.getKey());
          writeList(loop.getValue().tags(), to, DataOutputStream::writeUTF);
          to.writeBoolean(loop.getValue().excluded());
        });
  }

  private static PieceInfo readAbout(DataInputStream in) throws IOException {
    List<Origin> origins =
        readList(
            in,
            from ->
                new Origin(
                    Source.of(from.readUTF()),
                    from.readUTF(),
                    from.readUTF(),
                    Instant.ofEpochSecond(from.readLong(), from.readInt())));
    List<String> tags = readList(in, DataInput::readUTF);
    boolean excluded = in.readBoolean();
    SortedMap<Integer, PieceInfo.LoopMark> loops = new TreeMap<>();
    readList(
        in,
        from ->
            loops.put(
                from.readInt(),
                new PieceInfo.LoopMark(
                    new TreeSet<>(readList(from, DataInput::readUTF)), from.readBoolean())));
    return new PieceInfo(origins, new TreeSet<>(tags), excluded, loops);
  }

  /** Reads one element of a list. */
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** Writes one element of a list. */
  private interface Writer<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
    int size = in.readInt();
    // Each element has a byte or more, so that a false size ends with the bytes, not the memory.
    if (size < 0 || size > in.available()) {
      throw new IOException("a list of " + size);
    }
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(reader.read(in));
    }
    return list;
  }

  private static <T> void writeList(Collection<T> list, DataOutputStream out, Writer<T> writer)
      throws IOException {
    out.writeInt(list.size());
    for (T each : list) {
      writer.write(out, each);
    }
  }
}
