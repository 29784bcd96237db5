package org.latentspace.explorer.outlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.latentspace.explorer.feature.Scale;
import org.latentspace.explorer.teaching.Change;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.PairLedger;
import org.latentspace.explorer.teaching.PairLedger.PairNow;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.kept.JournalFile;
import org.latentspace.proto.PairChange;

/**
 * The pairs' file as a journal: changes, each with a number in its order, and how far what they did
 * was handed on. Of one thread.
 */
final class PairStore implements AutoCloseable {
  static final String NAME = "pairs.journal";

  private static final Logger LOG = Logger.getLogger(PairStore.class);
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

  private final PairBook book;
  private final PairLedger ledger;
  private final JournalFile file;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long newest;
  private long records;
  // While the log's pairs were not taken over: keys changed here, performers all replaced here.
  private boolean logUnread;
  private final Set<String> changed = new HashSet<>();
  private final Set<String> replaced = new HashSet<>();

  /**
   * Reads what the folder has into the ledger, which is empty, and the book, which is its.
   *
   * @param unread whether a folder that has nothing is to remember that the log was not read yet
   */
  PairStore(Path folder, PairBook book, PairLedger ledger, boolean unread) throws IOException {
    this.book = book;
    this.ledger = ledger;
    file = new JournalFile(folder.resolve(NAME), this::replay);
    try {
      if (records == 0 && unread) {
        file.append(true, ChangeWire.logUnread().toByteArray());
        logUnread = true;
      }
      List<byte[]> shorter = records > FEW && !logUnread ? shortened() : List.of();
      if (!shorter.isEmpty() && records > 2L * shorter.size()) {
        file.rewrite(shorter);
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void replay(byte[] bytes) throws IOException {
    PairChange record = PairChange.parseFrom(bytes);
    records++;
    long number = record.getNumber();
    switch (record.getChangeCase()) {
      case SENT -> {
        newest = Math.max(newest, number);
        forget(number);
      }
      case LOG_UNREAD -> logUnread = true;
      case PRESENT -> ledger.restore(PairWire.pair(record.getPresent()));
      case UNDOABLE -> ledger.restore(record.getPerformer(), ChangeWire.undoable(record));
      case UNSENT -> {
        waiting.add(ChangeWire.unsent(record));
        newest = Math.max(newest, number);
      }
      default -> apply(number, ChangeWire.read(record));
    }
  }

  /**
   * Writes a change down and does what it says; returns when the disk has it.
   *
   * @throws IOException nothing was done
   */
  List<PairNow> write(Change change) throws IOException {
    long number = newest + 1;
    file.append(true, ChangeWire.written(number, change).toByteArray());
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
    if (logUnread) {
      touched.forEach(pair -> changed.add(pair.performer() + "/" + pair.name()));
      if (change instanceof Change.Replaced) {
        replaced.add(change.performer());
      }
    }
    newest = Math.max(newest, Math.max(number, next - 1));
    return touched;
  }

  /** What would lead here without what has been taken away. */
  private List<byte[]> shortened() {
    List<PairChange> shorter = new ArrayList<>();
    for (String performer : ledger.performers()) {
      Scale scale = ledger.scale(performer);
      if (scale != null) {
        shorter.add(ChangeWire.written(0, new Change.Scaled(performer, scale)));
      }
      book.of(performer).forEach(pair -> shorter.add(ChangeWire.present(pair)));
      for (PairLedger.Undoable change : ledger.undoable(performer)) {
        shorter.add(ChangeWire.undoable(performer, change));
      }
    }
    shorter.add(ChangeWire.sentUpTo(newest));
    waiting.forEach(change -> shorter.add(ChangeWire.unsent(change)));
    return shorter.stream().map(PairChange::toByteArray).toList();
  }

  /** Whether the disk had no pairs, and those of the log were not taken over. */
  boolean isLogUnread() {
    return logUnread;
  }

  /**
   * Takes over pairs that the log has. One that was changed here since stays as it is here; those
   * of a performer whose pairs were all replaced here are taken away from the log, too.
   *
   * @return how many were taken over
   * @throws IOException the disk has none of them
   */
  int takeOver(Collection<Pair> logged) throws IOException {
    int taken = 0;
    for (Pair pair : logged) {
      String key = pair.performer() + "/" + pair.name();
      if (replaced.contains(pair.performer()) && !changed.contains(key)) {
        waiting.add(new Waiting(++newest, key, null));
      } else if (!changed.contains(key) && hasRoom(pair)) {
        ledger.restore(pair);
        taken++;
      }
    }
    file.rewrite(shortened());
    logUnread = false;
    return taken;
  }

  private boolean hasRoom(Pair pair) {
    try {
      book.requireRoom(pair.performer());
      return true;
    } catch (Refusal full) {
      LOG.warnf("the pair %s of the log is left there: %s", pair.name(), full.getMessage());
      return false;
    }
  }

  /** All pairs are to be handed on once more; returns how many. */
  int handOnAll() {
    List<Pair> all = book.all();
    for (Pair pair : all) {
      byte[] value = PairWire.pair(pair).toByteArray();
      waiting.add(new Waiting(++newest, pair.performer() + "/" + pair.name(), value));
    }
    return all.size();
  }

  /** The oldest that were not handed on. */
  List<Waiting> oldest(int most) {
    return waiting.stream().limit(most).toList();
  }

  /** Notes that they are; not forced, as what is handed on twice does no harm. */
  void handedOn(long number) throws IOException {
    file.append(false, ChangeWire.sentUpTo(number).toByteArray());
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
