package org.latentspace.robotsim;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import javax.sound.sampled.spi.MixerProvider;

/**
 * A sound card of this process that hears the simulated robots, found the way every sound card is
 * found: {@code device:Simulated microphone}. It is there if the system property {@value #WANTED}
 * is true.
 */
public final class SimulatedMicrophone extends MixerProvider {
  /** A system property: true = it is there. */
  public static final String WANTED = "robot-sim.microphone";

  private static final int RATE = 44_100;
  private static final int MOST_FRAMES = 4096;
  // -66 dB: a quiet room.
  private static final double NOISE = 0.0005;
  private static final AudioFormat FORMAT = new AudioFormat(RATE, 16, 1, true, false);
  private static final DataLine.Info LINE = new DataLine.Info(TargetDataLine.class, FORMAT);
  private static final Mixer.Info INFO =
      new Mixer.Info("Simulated microphone", "latentspace", "hears robots", "1") {};

  @Override
  public Mixer.Info[] getMixerInfo() {
    return Boolean.getBoolean(WANTED) ? new Mixer.Info[] {INFO} : new Mixer.Info[0];
  }

  @Override
  public Mixer getMixer(Mixer.Info info) {
    if (!INFO.equals(info)) {
      throw new IllegalArgumentException(info + " is not of this provider");
    }
    return proxy(Mixer.class, SimulatedMicrophone::mixer);
  }

  private interface Answer {
    Object to(Method method, Object[] arguments) throws LineUnavailableException;
  }

  /** What is not answered is 0, false or nothing. */
  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (own, method, arguments) -> {
              Object value = answer.to(method, arguments);
              if (value != null || !method.getReturnType().isPrimitive()) {
                return value;
              }
              Class<?> returns = method.getReturnType();
              return returns == boolean.class
                  ? (Object) false
                  : returns == int.class ? (Object) 0 : returns == long.class ? (Object) 0L : null;
            }));
  }

  private static Object mixer(Method method, Object[] arguments) throws LineUnavailableException {
    return switch (method.getName()) {
      case "getMixerInfo" -> INFO;
      case "getLineInfo" -> new Line.Info(Mixer.class);
      case "getTargetLineInfo" -> new Line.Info[] {LINE};
      case "getSourceLineInfo" -> new Line.Info[0];
      case "getTargetLines", "getSourceLines" -> new Line[0];
      case "isLineSupported" -> isOurs((Line.Info) arguments[0]);
      case "getMaxLines" -> 1;
      case "getLine" -> {
        if (!isOurs((Line.Info) arguments[0])) {
          throw new IllegalArgumentException(arguments[0] + ": only " + FORMAT);
        }
        yield proxy(TargetDataLine.class, new Hearing());
      }
      default -> null;
    };
  }

  private static boolean isOurs(Line.Info wanted) {
    return wanted instanceof DataLine.Info line
        && line.getLineClass() == TargetDataLine.class
        && line.getFormats().length > 0
        && line.getFormats()[0].matches(FORMAT);
  }

  /** A line: samples become available as time goes by. */
  private static final class Hearing implements Answer {
    private final StrokeMixer mixer = new StrokeMixer();
    private final Random noise = new Random(3);
    private AutoCloseable listening;
    private long startNanos;
    private long frames;

    @Override
    public synchronized Object to(Method method, Object[] arguments)
        throws LineUnavailableException {
      switch (method.getName()) {
        case "start":
          startNanos = System.nanoTime();
          frames = 0;
          listening = SimulatedRobots.listen(mixer);
          return null;
        case "stop", "close":
          close();
          return null;
        case "isOpen", "isRunning", "isActive":
          return listening != null;
        case "available":
          return 2 * available();
        case "read":
          return read((byte[]) arguments[0], (int) arguments[1], (int) arguments[2]);
        case "getFormat":
          return FORMAT;
        case "getLineInfo":
          return LINE;
        case "getBufferSize":
          return 2 * MOST_FRAMES;
        default:
          return null;
      }
    }

    private void close() {
      try {
        if (listening != null) {
          listening.close();
        }
      } catch (Exception never) {
        throw new IllegalStateException(never);
      }
      listening = null;
    }

    private int available() {
      long now = (System.nanoTime() - startNanos) * RATE / 1_000_000_000L;
      // Who reads too late misses the oldest, as with a card.
      frames = Math.max(frames, now - MOST_FRAMES);
      return (int) (now - frames);
    }

    private int read(byte[] bytes, int from, int length) {
      int count = Math.min(length / 2, available());
      float[] samples = new float[count];
      mixer.mix(samples, count, startNanos + frames * 1_000_000_000L / RATE, RATE);
      for (int i = 0; i < count; i++) {
        double sum = samples[i] + NOISE * noise.nextGaussian();
        int value = (int) Math.round(Math.max(-1, Math.min(1, sum)) * Short.MAX_VALUE);
        bytes[from + 2 * i] = (byte) value;
        bytes[from + 2 * i + 1] = (byte) (value >> 8);
      }
      frames += count;
      return 2 * count;
    }
  }
}
