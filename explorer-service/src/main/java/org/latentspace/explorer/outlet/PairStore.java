package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.latentspace.explorer.PairWire;
import org.latentspace.explorer.heard.Scale;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairLedger;
import org.latentspace.explorer.teaching.PairNow;
import org.latentspace.explorer.teaching.Undoable;

/**
 * The pairs' file as a journal: changes, each with a number in its order, and how far what they did
 * was handed on. Of one thread.
 */
final class PairStore implements AutoCloseable {
  // Below that a shorter file is not worth a new one.
  private static final int FEW = 1000;

  /**
   * What became of a pair and was not handed on yet.
   *
   * @param number in the order of all of them; the first of a change has the change's
   * @param key performer/pair
   * @param value a TrainingPair; null = taken away
   */
  record Waiting(long number, String key, byte[] value) {}

  private final PairLedger ledger;
  private final PairFile file;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private List<Pair> staged = new ArrayList<>();
  private long newest;
  private long records;

  /** Reads what the folder has into the ledger, which is empty, and the book, which is its. */
  PairStore(Path folder, PairBook book, PairLedger ledger) throws IOException {
    this.ledger = ledger;
    file = new PairFile(folder, this::replay);
    staged = new ArrayList<>();
    try {
      List<PairFile.Change> shorter = records > FEW ? shortened(book) : List.of();
      if (records > 2L * shorter.size() && records > FEW) {
        file.rewrite(shorter);
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void replay(PairFile.Change record) throws IOException {
    records++;
    long number = ChangeWire.number(record);
    if (record.kind() == ChangeWire.STAGED) {
      staged.add(ChangeWire.pair(record));
      return;
    }
    List<Pair> belonging = staged;
    staged = new ArrayList<>();
    switch (record.kind()) {
      case ChangeWire.HANDED_ON -> {
        newest = Math.max(newest, number);
        forget(number);
      }
      case ChangeWire.KEPT -> ledger.restore(ChangeWire.pair(record));
      case ChangeWire.UNDOABLE -> {
        ChangeWire.Past past = ChangeWire.undoable(record, belonging);
        ledger.restore(past.performer(), past.change());
      }
      case ChangeWire.TO_HAND_ON -> {
        waiting.add(ChangeWire.toHandOn(record));
        newest = Math.max(newest, number);
      }
      default -> apply(number, ChangeWire.read(record, belonging));
    }
  }

  /**
   * Writes a change down and does what it says; returns when the disk has it.
   *
   * @throws IOException nothing was done
   */
  List<PairNow> write(Change change) throws IOException {
    long number = newest + 1;
    List<PairFile.Change> written = ChangeWire.written(number, change);
    file.append(true, written.toArray(new PairFile.Change[0]));
    return apply(number, change);
  }

  private List<PairNow> apply(long number, Change change) {
    List<PairNow> touched = ledger.apply(number, change);
    long next = number;
    for (PairNow pair : touched) {
      byte[] value = pair.pair() == null ? null : PairWire.pair(pair.pair()).toByteArray();
      waiting.add(new Waiting(next, pair.performer() + "/" + pair.name(), value));
      next++;
    }
    newest = Math.max(newest, Math.max(number, next - 1));
    return touched;
  }

  /** What would lead here without what has been taken away. */
  private List<PairFile.Change> shortened(PairBook book) throws IOException {
    List<PairFile.Change> shorter = new ArrayList<>();
    for (String performer : ledger.performers()) {
      Scale scale = ledger.scale(performer);
      if (scale != null) {
        shorter.addAll(ChangeWire.written(0, new Change.Scaled(performer, scale)));
      }
      for (Pair pair : book.of(performer)) {
        shorter.add(ChangeWire.kept(pair));
      }
      for (Undoable change : ledger.undoable(performer)) {
        shorter.addAll(ChangeWire.undoable(performer, change));
      }
    }
    shorter.add(ChangeWire.handedOnUpTo(newest));
    for (Waiting change : waiting) {
      shorter.add(ChangeWire.toHandOn(change));
    }
    return shorter;
  }

  /** The oldest that were not handed on. */
  List<Waiting> oldest(int most) {
    return waiting.stream().limit(most).toList();
  }

  /** Notes that they are; not forced, as what is handed on twice does no harm. */
  void handedOn(long number) throws IOException {
    file.append(false, ChangeWire.handedOnUpTo(number));
    forget(number);
  }

  private void forget(long number) {
    while (!waiting.isEmpty() && waiting.peek().number <= number) {
      waiting.remove();
    }
  }

  int waiting() {
    return waiting.size();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
