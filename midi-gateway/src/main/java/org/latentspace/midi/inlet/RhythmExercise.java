package org.latentspace.midi.inlet;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.midi.MidiConfig;
import org.latentspace.midi.rhythm.Pattern;
import org.latentspace.midi.rhythm.VoiceMap;
import org.latentspace.midi.robot.Robot;
import org.latentspace.midi.robot.RobotSet;
import org.latentspace.midi.time.Ensemble;
import org.latentspace.midi.time.EnsembleSetup;
import org.latentspace.midi.time.Performance;
import org.latentspace.midi.time.PlaybackListener;
import org.latentspace.midi.time.Song;
import org.latentspace.midi.wire.RhythmWire;
import org.latentspace.proto.Origin;
import org.latentspace.proto.Rhythm;
import org.latentspace.wire.warmup.Exercise;

/** Exercises what makes strokes of rhythms: the message, the pattern, the schedule; silently. */
@Singleton
class RhythmExercise implements Exercise {
  private static final int RHYTHMS = 8;
  private static final int STEPS = 96;
  private static final long FRAME_NANOS = 11_609_977;
  private static final List<String> VOICES = List.of("kick", "snare", "closed-hat");

  private final MidiConfig config;
  private final VoiceMap voices;
  private final Performance performance;

  @Inject
  RhythmExercise(MidiConfig config, VoiceMap voices, Performance performance) {
    this.config = config;
    this.voices = voices;
    this.performance = performance;
  }

  @Override
  public Round begin() {
    RhythmReader reader = new RhythmReader(config.stepDivision());
    Song song = new Song(performance.transport(), (dueNanos, grain, noteOn, robot) -> {});
    Ensemble ensemble = song.add(robotsOfItsOwn(), PlaybackListener.NOBODY);
    return new Round() {
      private long sequence;

      @Override
      public void once() {
        for (int i = 0; i < RHYTHMS; i++) {
          Rhythm wire = message(++sequence);
          Pattern pattern = new Pattern(reader.rhythm(RhythmReader.origin(wire.getOrigin()), wire));
          song.handOver(ensemble, pattern, true, sequence * FRAME_NANOS);
          song.advance(sequence * FRAME_NANOS);
          RhythmWire.write(pattern.rhythm()).build().toByteArray();
        }
      }
    };
  }

  /** What the real robots struck last is theirs alone. */
  private EnsembleSetup robotsOfItsOwn() {
    EnsembleSetup real = performance.ensembles().get(0).setup();
    return new EnsembleSetup(
        real.name(),
        List.of(),
        Lead.LATEST,
        "",
        real.division(),
        real.style(),
        RobotSet.generalMidi(voices, new Robot.Way(0, 1)));
  }

  private static Rhythm message(long sequence) {
    Rhythm.Builder rhythm =
        Rhythm.newBuilder()
            .setOrigin(Origin.newBuilder().setPerformer("warm-up").setSequence(sequence))
            .setBars(2)
            .setBeatsPerBar(4)
            .setBeatUnit(4)
            .setStepsPerBeat(STEPS / 8)
            .addAllVoices(VOICES);
    for (int step = (int) (sequence % 3); step < STEPS; step += 3) {
      rhythm.addStep(step).addVoice(step % VOICES.size()).addVelocity(0.5f).addOffset(0);
    }
    return rhythm.addPosition(0.5f).addPosition(0.5f).build();
  }
}
