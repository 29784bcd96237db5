package org.latentspace.play;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/** The strokes of a MIDI file, read by the JDK's own reader. */
record Performance(List<Stroke> strokes, int ticksPerQuarter, List<Integer> open) {
  record Stroke(long tick, int note, int velocity) {}

  static Performance read(Path file) throws IOException, InvalidMidiDataException {
    Sequence sequence = MidiSystem.getSequence(file.toFile());
    List<Stroke> strokes = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        MidiEvent event = track.get(i);
        if (event.getMessage() instanceof ShortMessage message) {
          note(message, event.getTick(), strokes, open);
        }
      }
    }
    return new Performance(strokes, sequence.getResolution(), open);
  }

  Set<Integer> notes() {
    Set<Integer> notes = new TreeSet<>();
    strokes.forEach(stroke -> notes.add(stroke.note()));
    return notes;
  }

  /** What each bar of 4/4 plays, as text, to tell bars apart. */
  List<String> bars() {
    List<StringBuilder> bars = new ArrayList<>();
    for (Stroke stroke : strokes) {
      long step = Math.round(stroke.tick() * 12.0 / ticksPerQuarter);
      int bar = (int) (step / 48);
      while (bars.size() <= bar) {
        bars.add(new StringBuilder());
      }
      bars.get(bar).append(step % 48).append(':').append(stroke.note()).append(' ');
    }
    return bars.stream().map(StringBuilder::toString).toList();
  }

  private static void note(
      ShortMessage message, long tick, List<Stroke> strokes, List<Integer> open) {
    boolean on = message.getCommand() == ShortMessage.NOTE_ON && message.getData2() > 0;
    boolean off =
        message.getCommand() == ShortMessage.NOTE_OFF
            || message.getCommand() == ShortMessage.NOTE_ON && message.getData2() == 0;
    if (on) {
      strokes.add(new Stroke(tick, message.getData1(), message.getData2()));
      open.add(message.getData1());
    } else if (off) {
      open.remove((Integer) message.getData1());
    }
  }
}
