package org.latentspace.midi.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sound.midi.MidiUnavailableException;
import org.junit.jupiter.api.Test;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.time.Ensembles;

/** Devices that are absent, hang, vanish and come back. */
class DevicePortTest {
  private static final DevicePort.PortSettings MANNER = new DevicePort.PortSettings(0, 1);
  private static final int KICK = 0x992440;
  private static final Robot ROBOT = Ensembles.robot(20_000_000);

  /** A device that notes what it is sent. */
  private static final class Drum implements Instrument {
    final BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
    volatile boolean present = true;
    volatile CountDownLatch hangs = new CountDownLatch(0);

    volatile boolean slow;
    private volatile long lastNanos;

    long sinceLastNanos() {
      return System.nanoTime() - lastNanos;
    }

    @Override
    public void send(int message, long dueNanos) throws Exception {
      hangs.await();
      if (slow) {
        LockSupport.parkNanos(960_000);
      }
      lastNanos = System.nanoTime();
      if (!present) {
        throw new IllegalStateException("unplugged");
      }
      sent.add(message);
    }

    @Override
    public boolean isPresent() {
      return present;
    }

    @Override
    public void close() {}

    /** Lets the port find the device, and checks that it is silenced first. */
    void plugInto(DevicePort port) {
      sent.clear();
      port.tend();
      assertEquals("ok", port.status());
      assertTrue(sent.containsAll(List.of(0xb07b00, 0xb97b00, 0xbf7b00)), "silenced first");
      sent.clear();
    }

    int next() throws InterruptedException {
      Integer message = sent.poll(5, TimeUnit.SECONDS);
      return message == null ? 0 : message;
    }
  }

  @Test
  void aControlChangeGoesAtOnceAndEndsNoNote() throws Exception {
    Drum drum = new Drum();
    try (DevicePort port = new DevicePort("midi:drum", () -> drum, MANNER)) {
      drum.plugInto(port);
      port.control(0, 0xb21440);
      assertEquals(0xb21440, drum.next());
      port.strike(System.nanoTime(), 0, KICK, ROBOT);
      assertEquals(KICK, drum.next());
      assertEquals(0x892400, drum.next());
      assertEquals(1, port.strokes());
      port.begin(true);
      port.control(0, 0xb21441);
      port.begin(false);
      port.control(0, 0xb21442);
      assertEquals(0xb21442, drum.next());
    }
  }

  @Test
  void strikesAndEndsTheNoteAfterItsGateTime() throws Exception {
    Drum drum = new Drum();
    try (DevicePort port = new DevicePort("midi:drum", () -> drum, MANNER)) {
      drum.plugInto(port);
      long begin = System.nanoTime();
      port.strike(begin, 0, KICK, ROBOT);
      assertEquals(KICK, drum.next());
      assertEquals(0x892400, drum.next());
      assertTrue(System.nanoTime() - begin >= 20_000_000);
      assertEquals(1, port.strokes());
      assertEquals(1, port.lateness().read().getTotalCount());
    }
  }

  @Test
  void allNotesAreOffWithin100MsOfPanicAndOfTheEnd() throws Exception {
    Drum drum = new Drum();
    DevicePort port = new DevicePort("midi:drum", () -> drum, MANNER);
    drum.plugInto(port);
    port.strike(System.nanoTime(), 0, KICK, Ensembles.robot(2_000_000_000L));
    assertEquals(KICK, drum.next());
    long begin = System.nanoTime();
    port.quiet();
    assertEquals(0x892400, drum.next());
    until("all sound is off", 5, () -> drum.sent.contains(0xbf7b00));
    assertTrue(System.nanoTime() - begin < 100_000_000, "panic");
    drum.sent.clear();
    port.strike(System.nanoTime(), 0, KICK, Ensembles.robot(2_000_000_000L));
    assertEquals(KICK, drum.next());
    begin = System.nanoTime();
    port.close();
    assertTrue(System.nanoTime() - begin < 150_000_000, "the end");
    assertEquals(0x892400, drum.next());
    assertTrue(drum.sent.contains(0xbf7b00));
  }

  @Test
  void anAbsentDeviceIsAStatusThatMendsItself() throws Exception {
    Drum drum = new Drum();
    boolean[] plugged = new boolean[1];
    DevicePort port =
        new DevicePort(
            "midi:drum",
            () -> {
              if (!plugged[0]) {
                throw new MidiUnavailableException("no such port");
              }
              return drum;
            },
            MANNER);
    port.tend();
    assertEquals("absent: no such port", port.status());
    port.strike(System.nanoTime(), 0, KICK, ROBOT);
    assertEquals(1, port.dropped());
    plugged[0] = true;
    drum.plugInto(port);
    port.strike(System.nanoTime(), 0, KICK, ROBOT);
    assertEquals(KICK, drum.next());
    drum.present = false;
    plugged[0] = false;
    port.tend();
    assertFalse(port.status().equals("ok"));
    drum.present = true;
    plugged[0] = true;
    drum.plugInto(port);
    port.close();
  }

  @Test
  void aDeviceIsSilencedWithTheNotesOfItsRobotsBeforeItIsPlayed() throws Exception {
    Drum drum = new Drum();
    try (DevicePort port = new DevicePort("midi:drum", () -> drum, MANNER)) {
      port.own(new int[] {0x892400, 0x812600});
      port.tend();
      port.strike(System.nanoTime(), 0, KICK, ROBOT);
      assertEquals(0x892400, drum.next());
      assertEquals(0x812600, drum.next());
      for (int channel = 0; channel < 16; channel++) {
        assertEquals(0xb07b00 | channel << 16, drum.next());
      }
      assertEquals(KICK, drum.next());
    }
  }

  @Test
  void aNoteSoundsUntilItsNoteOffHasLeftAndOneThatSoundedTooLongIsCounted() throws Exception {
    Drum drum = new Drum();
    try (DevicePort port = new DevicePort("midi:drum", () -> drum, MANNER)) {
      drum.plugInto(port);
      port.strike(System.nanoTime(), 0, KICK, ROBOT);
      assertEquals(KICK, drum.next());
      drum.present = false;
      port.tend();
      until("its end is long over", () -> drum.sinceLastNanos() > 400_000_000);
      assertEquals(0, port.hung());
      drum.present = true;
      port.tend();
      until("ended", () -> port.hung() == 1);
      assertTrue(drum.sent.contains(0x892400));
    }
  }

  @Test
  void notesEndAlsoWhileStrokesKeepComing() throws Exception {
    Drum drum = new Drum();
    try (DevicePort port = new DevicePort("midi:drum", () -> drum, MANNER)) {
      drum.plugInto(port);
      drum.slow = true;
      port.strike(System.nanoTime(), 0, KICK, ROBOT);
      until(
          "the first note ends",
          () -> {
            // More than the device can take: its queue is never empty.
            for (int i = 0; i < 40; i++) {
              port.strike(System.nanoTime(), 0, 0x903040 | i << 8, Ensembles.robot(2_000_000_000L));
            }
            return drum.sent.contains(0x892400);
          });
    }
  }

  @Test
  void aDeviceThatHangsHoldsUpNeitherTheTimingThreadNorTheOthersAndIsNotFloodedLater()
      throws Exception {
    Drum hanging = new Drum();
    Drum healthy = new Drum();
    DevicePort bad = new DevicePort("midi:bad", () -> hanging, MANNER);
    DevicePort good = new DevicePort("midi:good", () -> healthy, MANNER);
    try (Ports ports = new Ports(List.of(bad, good))) {
      hanging.plugInto(bad);
      healthy.plugInto(good);
      hanging.hangs = new CountDownLatch(1);
      long begin = System.nanoTime();
      for (int i = 0; i < 5000; i++) {
        ports.strike(begin, 0, KICK, ROBOT);
      }
      assertTrue(System.nanoTime() - begin < 1_000_000_000, "never waits");
      assertTrue(bad.dropped() >= 5000 - 4097, "full: the rest is counted");
      assertEquals(KICK, healthy.next());
      until("110 ms have gone by", () -> System.nanoTime() - begin > 110_000_000);
      until("it is told of", () -> statusAfterTending(bad).startsWith("stuck"));
      hanging.hangs.countDown();
      until("all strokes are told of", 5, () -> bad.dropped() + bad.strokes() == 5000);
      assertTrue(bad.strokes() <= 2, "what is too late is not struck: " + bad.strokes());
      assertEquals("ok", statusAfterTending(bad));
    }
  }

  private static String statusAfterTending(DevicePort port) {
    port.tend();
    return port.status();
  }
}
