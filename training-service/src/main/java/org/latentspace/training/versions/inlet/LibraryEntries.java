package org.latentspace.training.versions.inlet;

import java.util.Iterator;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.training.data.inlet.DataReplies;
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
        .setRhythm(DataReplies.rhythm(example.rhythm(), loops.voices()))
        .build();
  }
}
