package org.latentspace.training.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latentspace.training.data.Journal.Change;

/** A journal for tests that need no disk; it can be told to fail. */
final class MemoryJournal implements Journal {
  final List<Change> written = new ArrayList<>();
  boolean broken;

  @Override
  public void open(Consumer<Change> each) throws IOException {
    fail();
    List.copyOf(written).forEach(each);
  }

  @Override
  public void append(List<Change> changes, Supplier<Iterable<Change>> whole) throws IOException {
    fail();
    written.addAll(changes);
  }

  private void fail() throws IOException {
    if (broken) {
      throw new IOException("no space left");
    }
  }

  @Override
  public long bytes() {
    return written.size();
  }

  @Override
  public void close() {}
}
