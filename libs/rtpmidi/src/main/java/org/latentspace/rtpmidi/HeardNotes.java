package org.latentspace.rtpmidi;

import java.util.Arrays;

/**
 * What one peer has played up to now, and how a journal changes it. Each message goes on to be
 * played out; of one note never before what came before it.
 */
final class HeardNotes implements JournalReader.Target {
  private static final byte UNKNOWN = -1;

  private final byte[] velocity = new byte[MidiMessage.KEYS];
  private final long[] lastDue = new long[MidiMessage.KEYS];
  private final byte[] value = new byte[MidiMessage.KEYS];
  private final Playout playout;
  private final RtpMidiCounters counters;
  private long journalDue;
  private boolean isSingleLoss;

  HeardNotes(Playout playout, RtpMidiCounters counters, long now) {
    this.playout = playout;
    this.counters = counters;
    Arrays.fill(lastDue, now);
    Arrays.fill(value, UNKNOWN);
  }

  /** A message that arrived. */
  void take(int message, long dueNanos) {
    long due = dueNanos;
    if (MidiMessage.isNote(message)) {
      int key = MidiMessage.key(message);
      velocity[key] = (byte) (MidiMessage.isStrike(message) ? MidiMessage.data2(message) : 0);
      due = inOrder(key, due);
    } else if (MidiMessage.isControl(message)) {
      due = takeControl(MidiMessage.key(message), MidiMessage.data2(message), due);
    }
    playout.add(message, due);
  }

  private long inOrder(int key, long due) {
    lastDue[key] = Math.max(lastDue[key], due);
    return lastDue[key];
  }

  private long takeControl(int key, int data, long dueNanos) {
    int controller = key % 128;
    long due = dueNanos;
    if (MidiMessage.isCounted(controller)) {
      value[key] = (byte) (Math.max(0, value[key]) + 1 & 0x3f);
    } else {
      value[key] = (byte) data;
    }
    if (MidiMessage.endsNotes(controller)) {
      for (int note = key - controller; note < key - controller + 128; note++) {
        if (velocity[note] > 0) {
          velocity[note] = 0;
          due = inOrder(note, due);
        }
      }
    }
    return due;
  }

  /**
   * Before a journal is read: when what it tells is due, and whether one packet alone is missing.
   */
  void beginJournal(long dueNanos, boolean singleLoss) {
    journalDue = dueNanos;
    isSingleLoss = singleLoss;
  }

  /** Ends all that sounds. */
  void endAll(long dueNanos) {
    journalDue = dueNanos;
    for (int key = 0; key < velocity.length; key++) {
      ended(key);
    }
  }

  private void recover(int message) {
    counters.recovered.increment();
    take(message, journalDue);
  }

  @Override
  public void sounds(int key, int struck, boolean play, boolean isFresh) {
    if (!play) {
      return;
    }
    if (velocity[key] > 0) {
      boolean another = velocity[key] != struck || (isSingleLoss && isFresh);
      if (!another) {
        return;
      }
      recover(MidiMessage.noteOff(key));
    }
    recover(MidiMessage.noteOn(key, struck));
  }

  @Override
  public void ended(int key) {
    if (velocity[key] > 0) {
      recover(MidiMessage.noteOff(key));
    }
  }

  @Override
  public void controller(int key, int now) {
    if (value[key] != now) {
      recover(MidiMessage.control(key, now));
    }
  }

  @Override
  public void counted(int key, int times) {
    if (MidiMessage.isCounted(key % 128) && Math.max(0, value[key]) != times) {
      recover(MidiMessage.control(key, 0));
      value[key] = (byte) times;
    }
  }
}
