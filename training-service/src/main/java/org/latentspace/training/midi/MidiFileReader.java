package org.latentspace.training.midi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.latentspace.training.rhythm.Note;
import org.latentspace.training.rhythm.Song;

/** Reads a standard MIDI file of any resolution, with tempo and metre changes, as a piece. */
public final class MidiFileReader {
  private static final int TEMPO = 0x51;
  private static final int TIME_SIGNATURE = 0x58;

  private MidiFileReader() {}

  /** Throws MidiFileException for bytes that are no MIDI file or hold no strokes. */
  public static Song read(String name, byte[] bytes) throws MidiFileException {
    Sequence sequence;
    try {
      sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));
    } catch (InvalidMidiDataException | IOException broken) {
      throw new MidiFileException("not a MIDI file: " + broken.getMessage());
    } catch (RuntimeException broken) {
      // The JDK's parser lets array faults of broken files through.
      throw new MidiFileException("not a MIDI file: " + broken);
    }
    if (sequence.getDivisionType() != Sequence.PPQ || sequence.getResolution() < 1) {
      throw new MidiFileException("its time is counted in film frames, not in quarter notes");
    }
    return song(name, sequence);
  }

  private static Song song(String name, Sequence sequence) throws MidiFileException {
    double ppq = sequence.getResolution();
    List<Note> notes = new ArrayList<>();
    TreeMap<Long, Song.Metre> metres = new TreeMap<>();
    metres.put(0L, new Song.Metre(0, 4, 4));
    TreeMap<Long, Double> tempi = new TreeMap<>();
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        MidiEvent event = track.get(i);
        MidiMessage message = event.getMessage();
        double quarter = event.getTick() / ppq;
        if (message instanceof ShortMessage stroke
            && stroke.getCommand() == ShortMessage.NOTE_ON
            && stroke.getData2() > 0) {
          notes.add(new Note(quarter, stroke.getData1(), stroke.getData2() / 127f));
        } else if (message instanceof MetaMessage meta) {
          read(meta, event.getTick(), ppq, metres, tempi);
        }
      }
    }
    if (notes.isEmpty()) {
      throw new MidiFileException("it has no strokes");
    }
    notes.sort(Comparator.comparingDouble(Note::quarter).thenComparingInt(Note::key));
    double bpm = tempi.isEmpty() ? 120 : tempi.firstEntry().getValue();
    double length = notes.get(notes.size() - 1).quarter() + 1e-6;
    return new Song(name, bpm, length, List.copyOf(metres.values()), notes);
  }

  private static void read(
      MetaMessage meta,
      long tick,
      double ppq,
      TreeMap<Long, Song.Metre> metres,
      TreeMap<Long, Double> tempi) {
    byte[] data = meta.getData();
    if (meta.getType() == TIME_SIGNATURE && data.length >= 2 && data[0] > 0 && data[1] < 7) {
      metres.put(tick, new Song.Metre(tick / ppq, data[0], 1 << data[1]));
    } else if (meta.getType() == TEMPO && data.length >= 3) {
      int micros = (data[0] & 0xff) << 16 | (data[1] & 0xff) << 8 | (data[2] & 0xff);
      if (micros > 0) {
        tempi.put(tick, 60e6 / micros);
      }
    }
  }
}
