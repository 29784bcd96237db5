package org.latentspace.explorer.outlet;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentspace.proto.TrainingPair;

/**
 * The pairs' file as a journal: pairs added and taken away, each with a number in its order, and
 * how far they were handed on. Of one thread.
 */
final class PairStore implements AutoCloseable {
  private static final byte ADDED = 1;
  private static final byte REMOVED = 2;
  private static final byte HANDED_ON = 3;
  // Below that a shorter file is not worth a new one.
  private static final int FEW = 1000;

  /**
   * A change; mostly one that was not handed on yet.
   *
   * @param number in the order of all changes
   * @param key performer/pair
   * @param value a TrainingPair; null = taken away
   */
  record Waiting(long number, String key, byte[] value) {}

  /** Hears what is in the file. */
  interface Reader {
    /**
     * @param added or taken away
     * @param message a TrainingPair; of one that is taken away only its names
     */
    void read(boolean added, byte[] message) throws InvalidProtocolBufferException;
  }

  private final PairFile file;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  // While the file is read: what is live, by key.
  private Map<String, Waiting> live = new LinkedHashMap<>();
  private long newest;
  private long changes;

  PairStore(Path folder, Reader reader) throws IOException {
    file = new PairFile(folder, change -> replay(change, reader));
    if (changes > FEW && changes > 2L * (live.size() + waiting.size())) {
      shorten();
    }
    live = null;
  }

  private void replay(PairFile.Change change, Reader reader) throws IOException {
    if (change.body().length < Long.BYTES) {
      throw new IOException("a change without a number");
    }
    changes++;
    ByteBuffer body = ByteBuffer.wrap(change.body());
    long number = body.getLong();
    byte[] message = Arrays.copyOfRange(change.body(), Long.BYTES, change.body().length);
    switch (change.kind()) {
      case HANDED_ON -> noteHandedOn(number);
      case ADDED -> {
        reader.read(true, message);
        note(new Waiting(number, key(TrainingPair.parseFrom(message)), message));
      }
      case REMOVED -> {
        reader.read(false, message);
        note(new Waiting(number, key(TrainingPair.parseFrom(message)), null));
      }
      default -> throw new IOException("kind " + change.kind());
    }
  }

  private void note(Waiting change) {
    newest = Math.max(newest, change.number);
    waiting.add(change);
    if (change.value == null) {
      live.remove(change.key);
    } else {
      live.put(change.key, change);
    }
  }

  private void noteHandedOn(long number) {
    newest = Math.max(newest, number);
    while (!waiting.isEmpty() && waiting.peek().number <= number) {
      waiting.remove();
    }
  }

  /** Leaves out what is taken away. */
  private void shorten() throws IOException {
    long handedOn = waiting.isEmpty() ? newest : waiting.peek().number - 1;
    List<PairFile.Change> kept = new ArrayList<>();
    for (Waiting pair : live.values()) {
      if (pair.number <= handedOn) {
        kept.add(written(pair));
      }
    }
    kept.add(handedOnUpTo(handedOn));
    waiting.forEach(change -> kept.add(written(change)));
    file.rewrite(kept);
  }

  /** Returns when the disk has it. */
  void add(TrainingPair pair) throws IOException {
    append(new Waiting(newest + 1, key(pair), pair.toByteArray()));
  }

  /** Returns when the disk has it. */
  void remove(String performer, String name) throws IOException {
    append(new Waiting(newest + 1, performer + "/" + name, null));
  }

  private void append(Waiting change) throws IOException {
    file.append(true, written(change));
    newest = change.number;
    waiting.add(change);
  }

  private static PairFile.Change written(Waiting change) {
    byte[] message = change.value == null ? names(change.key) : change.value;
    byte[] body =
        ByteBuffer.allocate(Long.BYTES + message.length)
            .putLong(change.number)
            .put(message)
            .array();
    return new PairFile.Change(change.value == null ? REMOVED : ADDED, body);
  }

  /** The oldest change that was not handed on; null if there is none. */
  Waiting oldest() {
    return waiting.peek();
  }

  /** Notes that it is; not forced, as what is handed on twice does no harm. */
  void handedOn(Waiting change) throws IOException {
    if (waiting.peek() == change) {
      file.append(false, handedOnUpTo(change.number));
      waiting.remove();
    }
  }

  int waiting() {
    return waiting.size();
  }

  private static PairFile.Change handedOnUpTo(long number) {
    return new PairFile.Change(HANDED_ON, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static String key(TrainingPair pair) {
    return pair.getPerformer() + "/" + pair.getPair();
  }

  private static byte[] names(String key) {
    int slash = key.indexOf('/');
    return TrainingPair.newBuilder()
        .setPerformer(key.substring(0, slash))
        .setPair(key.substring(slash + 1))
        .build()
        .toByteArray();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
