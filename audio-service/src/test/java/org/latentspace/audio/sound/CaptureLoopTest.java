package org.latentspace.audio.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureLoopTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long UNIX = 1_700_000_000L * SECOND;
  private static final int RATE = 48_000;

  private final FakeCard card = new FakeCard();
  private final Performer performer = new Performer("a", Input.parse("device:USB"), 0, 0);
  private final List<Block> heard = new ArrayList<>();
  private final List<Float> firstSamples = new ArrayList<>();
  private final List<Boolean> told = new ArrayList<>();
  private final CaptureLoop turns =
      new CaptureLoop(
          card,
          performer,
          480,
          new Sound.Sink() {
            @Override
            public boolean accept(Performer who, Sound sound) {
              return CaptureLoopTest.this.accept(who, sound);
            }

            @Override
            public void missing(Performer who) {
              told.add(who.status().ok());
            }
          });
  private long now;

  @Test
  void blocksCarryTheTimeOfTheirLastSampleAndBothChannels() {
    card.plugged = true;
    run(SECOND);
    assertEquals(100, heard.size(), 1);
    for (int k = 0; k < heard.size(); k++) {
      long captured = UNIX + Sound.nanos(480L * (k + 1), RATE);
      assertTrue(Math.abs(captured - heard.get(k).sound().capturedNanos()) <= 21_000, "block " + k);
      // Left a ramp, right a quarter.
      assertEquals((480 * k % 1000 / 32768f + 0.25f) / 2, firstSamples.get(k), 1e-6f);
    }
    assertEquals("USB", card.asked);
  }

  @Test
  void aLateTurnStillKnowsWhenTheLastSampleWasCaptured() {
    card.plugged = true;
    run(SECOND / 10);
    int before = heard.size();
    now += 45_000_000;
    run(1_000_000);
    assertTrue(heard.size() >= before + 4);
    for (int k = 0; k < heard.size(); k++) {
      long captured = UNIX + Sound.nanos(480L * (k + 1), RATE);
      assertTrue(Math.abs(captured - heard.get(k).sound().capturedNanos()) <= 21_000, "block " + k);
    }
  }

  @Test
  void aMissingDeviceIsSaidAndTriedEveryTwoSecondsAndMends() {
    run(9 * SECOND);
    assertEquals(5, card.openings);
    assertEquals("device:USB: no such input device now", performer.status().text());
    assertFalse(performer.status().ok());
    assertEquals(List.of(false, false, false, false, false), told, "with every try");
    card.plugged = true;
    run(2 * SECOND + SECOND / 10);
    assertEquals(Input.Status.OK, performer.status());
    assertTrue(told.get(5));
    assertTrue(heard.size() > 8);
    assertEquals(1, heard.get(0).origin().sequence());
  }

  @Test
  void anUnpluggedDeviceComesBackAtTheSameRateAndGoesOnCounting() {
    card.plugged = true;
    run(SECOND);
    int before = heard.size();
    card.plugged = false;
    run(SECOND);
    assertEquals("device:USB: was unplugged", performer.status().text());
    assertTrue(card.closed);
    card.plugged = true;
    run(3 * SECOND);
    assertEquals(Input.Status.OK, performer.status());
    assertEquals(RATE, card.rateAsked);
    assertTrue(heard.size() > before + 90);
    for (int k = 0; k < heard.size(); k++) {
      assertEquals(k + 1, heard.get(k).origin().sequence());
      assertEquals(Sound.nanos(480L * (k + 1), RATE), heard.get(k).origin().soundNanos());
    }
  }

  @Test
  void aDeviceThatGivesNoSoundOrThrowsIsAStatusToo() {
    card.plugged = true;
    run(SECOND);
    card.mute = true;
    run(2 * SECOND + SECOND / 2);
    assertEquals("device:USB: gives no sound; is it plugged in?", performer.status().text());
    card.mute = false;
    run(3 * SECOND);
    assertTrue(performer.status().ok());
    card.throwing = true;
    run(SECOND);
    assertTrue(performer.status().text().contains("line vanished"), performer.status().text());
    card.throwing = false;
    run(3 * SECOND);
    assertTrue(performer.status().ok());
  }

  @Test
  void oneChannelCanBeChosenAndOneThatCarriesNoSoundIsSaid() {
    card.plugged = true;
    run(2 * SECOND);
    assertEquals(
        List.of(
            "device:USB: no sound on channel 2 of 2; the mean of all is 6.0 dB quieter for it; one"
                + " channel can be chosen, such as #1"),
        performer.warnings());
    Performer left = new Performer("b", Input.parse("device:USB#1"), 0, 0);
    CaptureLoop chosen = new CaptureLoop(card, left, 480, this::accept);
    firstSamples.clear();
    for (long end = now + SECOND; now < end; ) {
      now += Math.max(1, chosen.turn(now, UNIX + now));
    }
    assertEquals("USB", card.asked);
    assertEquals(1, card.channelAsked);
    assertEquals(480 / 32768f, firstSamples.get(1), 1e-6f);
    assertEquals("ok", left.state());
  }

  @Test
  void aChannelThatTheCardDoesNotHaveIsSaid() {
    card.plugged = true;
    Performer third = new Performer("b", Input.parse("device:USB#3"), 0, 0);
    assertEquals(
        CaptureLoop.RETRY_NANOS, new CaptureLoop(card, third, 480, this::accept).turn(1, 1));
    assertEquals(
        "device:USB#3: it has no such channel, only 2, counted from 1", third.status().text());
    assertTrue(card.closed);
  }

  @Test
  void endsWithItsPerformerAndGivesTheDeviceBack() {
    card.plugged = true;
    run(SECOND / 10);
    performer.giveUp("the end");
    assertEquals(DutyCycle.NEVER, turns.turn(now, UNIX + now));
    assertTrue(card.closed);
  }

  private void run(long nanos) {
    for (long end = now + nanos; now < end; ) {
      now += Math.max(1, Math.min(end - now, turns.turn(now, UNIX + now)));
    }
  }

  private boolean accept(Performer player, Sound sound) {
    heard.add(player.number(sound, false));
    firstSamples.add(sound.samples()[0]);
    return true;
  }

  /** A stereo card of 48 kHz that hears as the test's time goes on. */
  private final class FakeCard implements InputLines {
    boolean plugged;
    boolean mute;
    boolean throwing;
    boolean closed;
    int openings;
    int rateAsked;
    int channelAsked;
    String asked;
    long openedAt;
    long framesRead;

    @Override
    public List<Device> devices() {
      return List.of(new Device("USB", "fake", 2));
    }

    @Override
    public Open open(String namePart, int sampleRate, int channel) throws LineGone {
      openings++;
      asked = namePart;
      rateAsked = sampleRate;
      channelAsked = channel;
      if (!plugged) {
        throw new LineGone("device:" + namePart + ": no such input device now");
      }
      openedAt = now;
      framesRead = 0;
      closed = false;
      SampleFormat format = new SampleFormat(SampleFormat.Encoding.SIGNED_16, 2);
      return new Open(RATE, format, this::available, this::read, () -> closed = true);
    }

    private int available() {
      if (throwing) {
        throw new IllegalStateException("line vanished");
      }
      long frames = mute ? 0 : Sound.samples(now - openedAt, RATE) - framesRead;
      return (int) frames * 4;
    }

    private int read(byte[] bytes, int length) {
      if (!plugged) {
        return 0;
      }
      ByteBuffer into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < length / 4; i++) {
        into.putShort((short) (framesRead++ % 1000)).putShort((short) 8192);
      }
      return length;
    }
  }
}
