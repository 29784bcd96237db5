package org.latentspace.audio.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import org.latentspace.audio.sound.InputLines;
import org.latentspace.audio.sound.SampleFormat;

/**
 * The sound cards as the Java sound system shows them: 16 bits, stereo or mono or as many channels
 * as the wanted one needs, 44.1 or 48 kHz or another common rate, whichever the card takes first.
 */
@ApplicationScoped
public class SoundCards implements InputLines {
  private static final int[] RATES = {44_100, 48_000, 96_000, 32_000, 22_050, 16_000, 8_000};

  /** About 90 ms at 44.1 kHz: what a paused process may miss before samples are lost. */
  private static final int BUFFER_FRAMES = 4096;

  @Override
  public List<Device> devices() {
    List<Device> devices = new ArrayList<>();
    for (Mixer.Info info : AudioSystem.getMixerInfo()) {
      int channels = mostChannels(AudioSystem.getMixer(info));
      if (channels > 0) {
        devices.add(new Device(info.getName(), info.getDescription(), channels));
      }
    }
    return devices;
  }

  @Override
  public Open open(String namePart, int sampleRate, int channel) throws LineGone {
    String what = namePart.isEmpty() ? "device" : "device:" + namePart;
    boolean found = false;
    for (Mixer.Info info : AudioSystem.getMixerInfo()) {
      Mixer mixer = AudioSystem.getMixer(info);
      if (mostChannels(mixer) > 0 && (namePart.isEmpty() || isCalled(info, namePart))) {
        found = true;
        Open line = open(mixer, sampleRate, counts(channel));
        if (line != null) {
          return line;
        }
      }
    }
    throw new LineGone(what + ": " + missing(found, devices()));
  }

  /** What is missing, and what to do. */
  static String missing(boolean found, List<Device> devices) {
    if (found) {
      return "is there but cannot be opened; is another program using it?";
    }
    String names = String.join(", ", devices.stream().map(Device::name).toList());
    return (devices.isEmpty()
            ? "this machine has no sound input; plug one in"
            : "no such sound input now; there are: " + names)
        + " (looked for every 2 s), or play a recording: --input FILE.wav";
  }

  private static boolean isCalled(Mixer.Info info, String namePart) {
    String name = (info.getName() + " " + info.getDescription()).toLowerCase(Locale.ROOT);
    return name.contains(namePart.toLowerCase(Locale.ROOT));
  }

  private static int mostChannels(Mixer mixer) {
    int most = 0;
    for (Line.Info info : mixer.getTargetLineInfo()) {
      if (info instanceof DataLine.Info data
          && TargetDataLine.class.isAssignableFrom(data.getLineClass())) {
        for (AudioFormat format : data.getFormats()) {
          // A card that takes any number of channels says NOT_SPECIFIED.
          int channels =
              format.getChannels() == AudioSystem.NOT_SPECIFIED ? 2 : format.getChannels();
          most = Math.max(most, channels);
        }
      }
    }
    return most;
  }

  /** Numbers of channels to try: the least that have the wanted one, else stereo, else mono. */
  private static int[] counts(int channel) {
    IntStream enough = IntStream.rangeClosed(Math.max(3, channel), SampleFormat.MAX_CHANNELS);
    IntStream few = IntStream.of(2, 1);
    return channel <= 2 ? few.toArray() : IntStream.concat(enough, few).toArray();
  }

  private static Open open(Mixer mixer, int sampleRate, int[] counts) {
    int[] rates = sampleRate == 0 ? RATES : new int[] {sampleRate};
    for (int rate : rates) {
      for (int channels : counts) {
        AudioFormat format = new AudioFormat(rate, 16, channels, true, false);
        try {
          TargetDataLine line =
              (TargetDataLine) mixer.getLine(new DataLine.Info(TargetDataLine.class, format));
          line.open(format, BUFFER_FRAMES * format.getFrameSize());
          line.start();
          return new Open(
              rate,
              new SampleFormat(SampleFormat.Encoding.SIGNED_16, channels),
              () -> line.isOpen() ? line.available() : 0,
              (bytes, length) -> line.read(bytes, 0, length),
              () -> {
                line.stop();
                line.close();
              });
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException refused) {
          // The next format, the next card.
        }
      }
    }
    return null;
  }
}
