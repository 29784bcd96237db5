package org.latentspace.training.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A journal for tests that need no disk; it can be told to fail. */
final class MemoryJournal<C> implements Journal<C> {
  final List<C> written = new ArrayList<>();
  boolean broken;

  @Override
  public void open(Consumer<C> each) throws IOException {
    fail();
    List.copyOf(written).forEach(each);
  }

  @Override
  public void append(List<C> changes, Supplier<Iterable<C>> whole) throws IOException {
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
