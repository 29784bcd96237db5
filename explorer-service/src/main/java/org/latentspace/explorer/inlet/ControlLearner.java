package org.latentspace.explorer.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.installation.MidiKey;

/** Waits for the next key that is pressed, on inputs that are mapped and on all others. */
@ApplicationScoped
public class ControlLearner {
  // What ALSA's card number adds to a name: it changes when a device is plugged in again.
  private static final Pattern PLACE = Pattern.compile("\\s*\\[hw:[\\d,]+\\]$");

  private final AtomicReference<Lesson> waiting = new AtomicReference<>();

  /** A key that was pressed. */
  record Pressed(String midiIn, MidiKey key) {}

  private record Lesson(String midiIn, CompletableFuture<Pressed> pressed) {}

  /**
   * The next key; fails with a {@link Refusal} where another one waits, and with a TimeoutException
   * where none comes.
   *
   * @param midiIn part of the input's name; empty: any
   * @param thread that inputs are opened and closed on
   * @param mapped inputs that are open already
   */
  CompletionStage<Pressed> next(
      String midiIn,
      long seconds,
      ScheduledExecutorService thread,
      Supplier<List<MidiInput>> mapped,
      MidiInput.Listener listener) {
    Lesson lesson = new Lesson(midiIn, new CompletableFuture<>());
    if (!waiting.compareAndSet(null, lesson)) {
      throw new Refusal(Refusal.Kind.NO_ROOM, "another control is being learned");
    }
    List<MidiInput> others = new ArrayList<>();
    thread.execute(() -> open(midiIn, mapped.get(), others, listener));
    lesson.pressed.orTimeout(seconds, TimeUnit.SECONDS);
    return lesson.pressed.whenCompleteAsync(
        (pressed, fault) -> {
          waiting.set(null);
          others.forEach(MidiInput::letGo);
        },
        thread);
  }

  private static void open(
      String midiIn, List<MidiInput> mapped, List<MidiInput> others, MidiInput.Listener listener) {
    for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
      String text = info.getName() + " " + info.getDescription();
      if (matches(text, midiIn) && mapped.stream().noneMatch(input -> input.has(info))) {
        try {
          if (MidiInput.isInput(MidiSystem.getMidiDevice(info))) {
            MidiInput input = new MidiInput(info.getName(), List.of(), listener);
            input.tend();
            others.add(input);
          }
        } catch (MidiUnavailableException | IllegalArgumentException gone) {
          // Then nothing is learned from it.
        }
      }
    }
  }

  private static boolean matches(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  /** Whether the message is what is waited for; then nothing else becomes of it. */
  boolean takes(String device, MidiKey key, int pressed) {
    Lesson lesson = waiting.get();
    if (lesson == null || pressed <= 0 || !matches(device, lesson.midiIn)) {
      return false;
    }
    return lesson.pressed.complete(new Pressed(PLACE.matcher(device).replaceAll(""), key));
  }
}
