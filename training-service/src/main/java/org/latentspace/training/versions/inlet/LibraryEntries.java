package org.latentspace.training.versions.inlet;

import java.util.Iterator;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.Rhythm;
import org.latentspace.training.rhythm.Example;
import org.latentspace.training.versions.LoopLibrary;

/** The loops of a library, one message each. */
final class LibraryEntries implements Iterator<LibraryEntry> {
  private final LoopLibrary.Loops loops;
  private final Iterator<Example> examples;

  LibraryEntries(LoopLibrary.Loops loops) {
    this.loops = loops;
    this.examples = loops.examples().iterator();
  }

  @Override
  public boolean hasNext() {
    return examples.hasNext();
  }

  @Override
  public LibraryEntry next() {
    Example example = examples.next();
    return LibraryEntry.newBuilder()
        .setId(example.song() + ":" + example.bar())
        .setRhythm(rhythm(example.rhythm()))
        .build();
  }

  private Rhythm rhythm(org.latentspace.training.rhythm.Rhythm rhythm) {
    Rhythm.Builder message =
        Rhythm.newBuilder()
            .setBars(loops.grid().bars())
            .setBeatsPerBar(loops.grid().beatsPerBar())
            .setBeatUnit(loops.grid().beatUnit())
            .setStepsPerBeat(loops.grid().stepsPerBeat())
            .addAllVoices(loops.voices());
    for (int cell = 0; cell < rhythm.size(); cell++) {
      if (rhythm.onset()[cell] > 0) {
        message
            .addStep(cell / rhythm.voices())
            .addVoice(cell % rhythm.voices())
            .addVelocity(rhythm.velocity()[cell])
            .addOffset(rhythm.offset()[cell]);
      }
    }
    return message.build();
  }
}
