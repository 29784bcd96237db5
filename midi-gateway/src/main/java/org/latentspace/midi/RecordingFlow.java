package org.latentspace.midi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.midi.outlet.LoopRecorder;
import org.latentspace.midi.played.RecordingState;

/**
 * What was played, for the data set; read {@link MidiFlow} first.
 *
 * <pre>
 *   timing thread --> ring --> played loops --> records on disk --> log
 * </pre>
 */
@ApplicationScoped
public class RecordingFlow {
  private final MidiSettings settings;
  private final MidiFlow playing;
  private final LoopRecorder recorder;

  @Inject
  RecordingFlow(MidiSettings settings, MidiFlow playing, LoopRecorder recorder) {
    this.settings = settings;
    this.playing = playing;
    this.recorder = recorder;
  }

  /** Before the music begins. */
  public void begin() {
    recorder.ring().take(settings.recordsRhythms());
    recorder.start();
  }

  /**
   * Records what is played from the next bar on, or no more.
   *
   * @return false = too much is waiting already; not done
   */
  public boolean record(boolean whether) {
    return playing.performance().tell(() -> recorder.ring().take(whether));
  }

  public RecordingState state() {
    return recorder.state();
  }

  /** After the music: keeps what has been played. */
  public void end() {
    recorder.close();
  }
}
