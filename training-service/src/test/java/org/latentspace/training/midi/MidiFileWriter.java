package org.latentspace.training.midi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.rhythm.Song.Note;

/** Writes a piece as a standard MIDI file: one track, drum channel 10, 480 ticks a quarter. */
public final class MidiFileWriter {
  public static final int TICKS_PER_QUARTER = 480;

  private static final int DRUM_CHANNEL = 9;
  private static final int COPYRIGHT = 0x02;
  private static final int TRACK_NAME = 0x03;
  private static final int TEMPO = 0x51;
  private static final int TIME_SIGNATURE = 0x58;
  private static final int STROKE_TICKS = 30;

  private MidiFileWriter() {}

  /** The same piece gives the same bytes. */
  public static byte[] write(Song song, String copyright) {
    try {
      Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_QUARTER);
      Track track = sequence.createTrack();
      track.add(text(TRACK_NAME, song.name()));
      track.add(text(COPYRIGHT, copyright));
      int micros = (int) Math.round(60e6 / song.bpm());
      track.add(meta(0, TEMPO, (byte) (micros >> 16), (byte) (micros >> 8), (byte) micros));
      for (Song.Metre metre : song.metres()) {
        byte unit = (byte) Integer.numberOfTrailingZeros(metre.unit());
        track.add(
            meta(
                ticks(metre.quarter()),
                TIME_SIGNATURE,
                (byte) metre.beats(),
                unit,
                (byte) 24,
                (byte) 8));
      }
      for (Note note : song.notes()) {
        long tick = ticks(note.quarter());
        int velocity = Math.max(1, Math.min(127, Math.round(note.velocity() * 127)));
        track.add(stroke(ShortMessage.NOTE_ON, note.key(), velocity, tick));
        track.add(stroke(ShortMessage.NOTE_OFF, note.key(), 0, tick + STROKE_TICKS));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      MidiSystem.write(sequence, 0, bytes);
      return bytes.toByteArray();
    } catch (InvalidMidiDataException | IOException impossible) {
      throw new IllegalStateException("cannot write " + song.name(), impossible);
    }
  }

  private static long ticks(double quarter) {
    return Math.max(0, Math.round(quarter * TICKS_PER_QUARTER));
  }

  private static MidiEvent stroke(int command, int key, int velocity, long tick)
      throws InvalidMidiDataException {
    return new MidiEvent(new ShortMessage(command, DRUM_CHANNEL, key, velocity), tick);
  }

  private static MidiEvent text(int type, String text) throws InvalidMidiDataException {
    return meta(0, type, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static MidiEvent meta(long tick, int type, byte... data) throws InvalidMidiDataException {
    return new MidiEvent(new MetaMessage(type, data, data.length), tick);
  }
}
