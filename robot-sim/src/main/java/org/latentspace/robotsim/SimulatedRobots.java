package org.latentspace.robotsim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.latentspace.robotsim.SimulatedRobot.Mechanics;
import org.latentspace.robotsim.SimulatedRobot.Stroke;

/**
 * A MIDI port of this process with sixteen simulated robots behind it, found the way every MIDI
 * port is found: {@code midi:Simulated robots}. Notes 36 to 51 on any channel, latencies of 5 to 60
 * ms.
 */
public final class SimulatedRobots extends MidiDeviceProvider {
  public static final String NAME = "Simulated robots";

  /** A system property: true = strokes sound on the JDK's synthesiser when they are heard. */
  public static final String SOUND = "robot-sim.sound";

  private static final int FIRST_NOTE = 36;
  private static final int ROBOTS = 16;
  private static final double LEAST_MS = 5;
  private static final double MOST_MS = 60;
  private static final Port PORT = new Port();

  /** What a robot needs for a loud stroke; soft ones take half as much again, 60 ms at most. */
  public static double loudMs(int robot) {
    return LEAST_MS + robot * (MOST_MS / 1.5 - LEAST_MS) / (ROBOTS - 1);
  }

  /** Hears every stroke, on the thread that sends the note, until it is closed. */
  public static AutoCloseable listen(Consumer<Stroke> listener) {
    PORT.listeners.add(listener);
    return () -> PORT.listeners.remove(listener);
  }

  @Override
  public MidiDevice.Info[] getDeviceInfo() {
    return new MidiDevice.Info[] {PORT.getDeviceInfo()};
  }

  @Override
  public MidiDevice getDevice(MidiDevice.Info info) {
    if (!PORT.getDeviceInfo().equals(info)) {
      throw new IllegalArgumentException(info + " is not of this provider");
    }
    return PORT;
  }

  private static final class Port implements MidiDevice, Receiver {
    final List<Consumer<Stroke>> listeners = new CopyOnWriteArrayList<>();
    private final Info info = new Info(NAME, "latentspace", "robots that are not there", "1") {};
    private final Map<Integer, SimulatedRobot> byNote = new HashMap<>();
    private final Random chance = new Random(1);
    private volatile boolean open;
    private StrokeSound sound;

    Port() {
      for (int i = 0; i < ROBOTS; i++) {
        int note = FIRST_NOTE + i;
        Mechanics mechanics = new Mechanics(1.5 * loudMs(i), loudMs(i), 0.2, 1.5, 20);
        byNote.put(note, new SimulatedRobot(note, mechanics));
      }
    }

    @Override
    public synchronized void send(MidiMessage message, long timeStamp) {
      long now = System.nanoTime();
      if (message instanceof ShortMessage note
          && note.getCommand() == ShortMessage.NOTE_ON
          && note.getData2() > 0) {
        SimulatedRobot robot = byNote.get(note.getData1());
        if (robot != null) {
          Stroke stroke = robot.strike(note.getData2(), now, chance);
          listeners.forEach(listener -> listener.accept(stroke));
        }
      }
    }

    @Override
    public Info getDeviceInfo() {
      return info;
    }

    @Override
    public synchronized void open() {
      if (!open && Boolean.getBoolean(SOUND)) {
        sound = new StrokeSound();
        listeners.add(sound);
      }
      open = true;
    }

    @Override
    public synchronized void close() {
      open = false;
      if (sound != null) {
        listeners.remove(sound);
        sound.close();
        sound = null;
      }
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public long getMicrosecondPosition() {
      return -1;
    }

    @Override
    public int getMaxReceivers() {
      return -1;
    }

    @Override
    public int getMaxTransmitters() {
      return 0;
    }

    @Override
    public Receiver getReceiver() {
      return this;
    }

    @Override
    public List<Receiver> getReceivers() {
      return new ArrayList<>(List.of(this));
    }

    @Override
    public Transmitter getTransmitter() throws MidiUnavailableException {
      throw new MidiUnavailableException(NAME + ": they hear notes and send none");
    }

    @Override
    public List<Transmitter> getTransmitters() {
      return List.of();
    }
  }
}
