package org.latentspace.robotsim;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Synthesizer;

/**
 * Sounds strokes on the JDK's synthesiser at the moment at which they are heard; where no sound
 * card can be opened there is no sound.
 */
final class StrokeSound implements Consumer<SimulatedRobot.Stroke>, AutoCloseable {
  private static final int PERCUSSION = 9;
  private static final int LOUDEST = 127;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread own = new Thread(task, "robot-sound");
            own.setDaemon(true);
            return own;
          });
  private Synthesizer synthesiser;
  private Receiver receiver;

  StrokeSound() {
    thread.execute(this::open);
  }

  private void open() {
    try {
      synthesiser = MidiSystem.getSynthesizer();
      synthesiser.open();
      receiver = synthesiser.getReceiver();
    } catch (MidiUnavailableException | IllegalArgumentException silent) {
      receiver = null;
    }
  }

  @Override
  public void accept(SimulatedRobot.Stroke stroke) {
    if (!stroke.isMissed()) {
      long waits = stroke.struckNanos() - System.nanoTime();
      thread.schedule(() -> sound(stroke), waits, TimeUnit.NANOSECONDS);
    }
  }

  private void sound(SimulatedRobot.Stroke stroke) {
    if (receiver != null) {
      int velocity = Math.max(1, (int) Math.round(stroke.force() * LOUDEST));
      try {
        receiver.send(
            new ShortMessage(ShortMessage.NOTE_ON, PERCUSSION, stroke.note(), velocity), -1);
      } catch (InvalidMidiDataException never) {
        throw new IllegalStateException(never);
      }
    }
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          if (synthesiser != null) {
            synthesiser.close();
          }
        });
    thread.shutdown();
  }
}
