package org.latentspace.robotsim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.latentspace.robotsim.SimulatedRobot.Mechanics;
import org.latentspace.robotsim.SimulatedRobot.Stroke;

/** One port, and the sixteen robots behind it. */
final class SimulatedPort implements MidiDevice, Receiver {
  private final List<Consumer<Stroke>> listeners;
  private final Info info;
  private final Map<Integer, SimulatedRobot> byNote = new HashMap<>();
  private final Random chance = new Random(1);
  private volatile boolean open;
  private StrokeSound sound;

  /**
   * @param port from 1
   * @param listeners hear every stroke, on the thread that sends the note
   */
  SimulatedPort(int port, List<Consumer<Stroke>> listeners) {
    this.listeners = listeners;
    String name = SimulatedRobots.name(port);
    info = new Info(name, "latentspace", "robots that are not there", "1") {};
    for (int i = 0; i < SimulatedRobots.ROBOTS; i++) {
      int note = SimulatedRobots.FIRST_NOTE + i;
      byNote.put(note, new SimulatedRobot(port, note, mechanics(i)));
    }
  }

  private static Mechanics mechanics(int robot) {
    double loud = SimulatedRobots.loudMs(robot);
    return new Mechanics(1.5 * loud, loud, 0.2, 1.5, 20);
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
        if (sound != null) {
          sound.accept(stroke);
        }
      }
    }
  }

  @Override
  public Info getDeviceInfo() {
    return info;
  }

  @Override
  public synchronized void open() {
    if (!open && Boolean.getBoolean(SimulatedRobots.SOUND)) {
      sound = new StrokeSound();
    }
    open = true;
  }

  @Override
  public synchronized void close() {
    open = false;
    if (sound != null) {
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
    throw new MidiUnavailableException(info.getName() + ": they hear notes and send none");
  }

  @Override
  public List<Transmitter> getTransmitters() {
    return List.of();
  }
}
