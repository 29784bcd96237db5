package org.latentspace.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.latentspace.model.Grid;
import org.latentspace.training.data.Journal.Change;
import org.latentspace.training.data.Origin.Source;
import org.latentspace.training.data.Piece.Item;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.rhythm.Song;
import org.latentspace.training.storage.NoRoom;

/**
 * The data set: pieces in unquantised time, held in memory and written down in a journal before a
 * change counts. Safe for several threads.
 *
 * <p>Fails with UncheckedIOException, and changes nothing, while the journal cannot be written.
 */
public final class RhythmStore implements AutoCloseable {
  private static final int MOST_GONE = 1_000_000;

  /** Most pieces, and most strokes of all pieces together (13 bytes each in memory). */
  public record Room(int pieces, long notes) {}

  /** How much there is; newBars: without those that were known; changes: grows with each. */
  public record Counts(
      int pieces,
      long notes,
      long newBars,
      int excluded,
      int gone,
      long journalBytes,
      long changes) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);
  }

  private final Journal journal;
  private final Room room;
  private final Supplier<List<Piece>> builtIn;
  private final PieceTotals totals = new PieceTotals();
  private final TreeMap<String, Piece> pieces = new TreeMap<>();
  private final Map<String, Piece> own = new HashMap<>();
  private final Set<String> gone = new TreeSet<>();
  private long changes;
  private boolean open;
  private volatile Counts counts = Counts.NONE;
  private volatile String status = "ok";

  /** The product's own pieces are asked for once, when the journal is opened. */
  public RhythmStore(Journal journal, Room room, Supplier<List<Piece>> builtIn) {
    this.journal = journal;
    this.room = room;
    this.builtIn = builtIn;
  }

  /** Reads the journal, once. */
  public synchronized void open() {
    if (open) {
      return;
    }
    pieces.clear();
    gone.clear();
    own.clear();
    totals.clear();
    builtIn.get().forEach(piece -> own.put(piece.id(), piece));
    own.values().forEach(totals.bars()::add);
    try {
      journal.open(this::apply);
    } catch (IOException broken) {
      status = "the data set cannot be opened: " + broken;
      throw new UncheckedIOException(status, broken);
    }
    status = "ok";
    open = true;
    count();
  }

  @Override
  public synchronized void close() {
    open = false;
    journal.close();
  }

  /** Adds pieces with one write to the disk; returns the outcome of each, in order. */
  public synchronized List<Arrival.Outcome> add(List<Arrival> arrivals) {
    open();
    Map<String, Change> coming = new LinkedHashMap<>();
    List<Arrival.Outcome> outcomes = new ArrayList<>();
    long more = 0;
    int newcomers = 0;
    for (Arrival arrival : arrivals) {
      Piece piece = Piece.of(arrival.song(), arrival.about());
      int size = piece.song().notes().size();
      Piece known = pieces.get(piece.id());
      known = coming.containsKey(piece.id()) ? coming.get(piece.id()).of(known) : known;
      if (known != null) {
        outcomes.add(known(known, arrival, coming));
      } else if (gone.contains(piece.id()) && arrival.origin().source() == Source.RECORDED) {
        outcomes.add(new Arrival.Outcome(Arrival.How.STAYS_AWAY, null, "it was deleted"));
      } else if (pieces.size() + newcomers >= room.pieces()
          || totals.notes() + more + size > room.notes()) {
        outcomes.add(new Arrival.Outcome(Arrival.How.REFUSED, null, full()));
      } else {
        coming.put(piece.id(), Change.came(piece));
        outcomes.add(new Arrival.Outcome(Arrival.How.ADDED, piece, ""));
        newcomers++;
        more += size;
      }
    }
    write(coming.values());
    return outcomes;
  }

  private static Arrival.Outcome known(Piece known, Arrival arrival, Map<String, Change> coming) {
    try {
      PieceInfo about = known.about().and(arrival.origin(), arrival.tags());
      Piece marked = arrival.timed(known).with(about);
      Change before = coming.get(known.id());
      if (marked.song() != known.song() || (before != null && before.song() != null)) {
        coming.put(known.id(), Change.came(marked));
      } else if (!about.equals(known.about())) {
        coming.put(known.id(), Change.marked(known.id(), about));
      }
      return new Arrival.Outcome(Arrival.How.KNOWN, marked, "");
    } catch (IllegalArgumentException tooMany) {
      return new Arrival.Outcome(Arrival.How.REFUSED, null, tooMany.getMessage());
    }
  }

  private String full() {
    return "the data set is full: training-service.most-pieces is %d, most-notes is %d"
        .formatted(room.pieces(), room.notes());
  }

  /** Adds and removes tags; returns how many items changed. Unknown items: nothing changes. */
  public int tag(List<Item> items, List<String> add, List<String> remove) {
    List<String> checked = PieceInfo.checkTags(add);
    return mark(items, (about, item) -> about.tagged(item.bar(), checked, remove));
  }

  /** Leaves items out of selections or brings them back; returns how many changed. */
  public int exclude(List<Item> items, boolean out) {
    return mark(items, (about, item) -> about.excluded(item.bar(), out));
  }

  private synchronized int mark(List<Item> items, BiFunction<PieceInfo, Item, PieceInfo> mark) {
    open();
    Map<String, PieceInfo> abouts = new LinkedHashMap<>();
    int changed = 0;
    for (Item item : items) {
      Piece piece = piece(item.piece());
      if (item.bar() >= piece.song().bars()) {
        throw new NoSuchElementException(
            item + ": the piece has " + piece.song().bars() + " bars, from 0");
      }
      PieceInfo before = abouts.getOrDefault(piece.id(), piece.about());
      PieceInfo after = mark.apply(before, item);
      changed += after.equals(before) ? 0 : 1;
      abouts.put(piece.id(), after);
    }
    List<Change> marks = new ArrayList<>();
    abouts.forEach((id, about) -> marks.add(Change.marked(id, about)));
    if (changed > 0) {
      write(marks);
    }
    return changed;
  }

  /**
   * Deletes all or none: NoSuchElementException, IllegalStateException for the product's own,
   * NoRoom.
   */
  public synchronized int delete(Collection<String> ids) {
    open();
    List<Change> going = new ArrayList<>();
    for (String id : new TreeSet<>(ids)) {
      if (own.containsKey(piece(id).id())) {
        throw new IllegalStateException("piece " + id + " comes with the product; exclude it");
      }
      going.add(Change.gone(id));
    }
    if (gone.size() + going.size() > MOST_GONE) {
      throw new NoRoom("more than " + MOST_GONE + " pieces were deleted");
    }
    write(going);
    return going.size();
  }

  /** Throws NoSuchElementException where there is none. */
  public synchronized Piece piece(String id) {
    open();
    Piece piece = pieces.getOrDefault(id, own.get(id));
    if (piece == null) {
      throw new NoSuchElementException("no piece '" + Text.printable(id, 64) + "'");
    }
    return piece;
  }

  /** All that came in and the product's own, in the order of their names. */
  public synchronized List<Piece> pieces() {
    open();
    TreeMap<String, Piece> all = new TreeMap<>(pieces);
    all.putAll(own);
    return List.copyOf(all.values());
  }

  /**
   * How far each bar of a piece is from the nearest of all, the product's own among them, 0..1; NaN
   * for bars without strokes. Empty where the piece itself is here.
   */
  public synchronized double[] distances(Song song, Origin origin) {
    open();
    Piece piece = Piece.of(song, PieceInfo.of(origin, List.of()));
    return pieces.containsKey(piece.id()) ? new double[0] : totals.bars().distances(song);
  }

  /** "ok", or what is wrong with the disk; a change that succeeds mends it. */
  public String status() {
    return status;
  }

  /** How much came in; nothing while the journal has not been opened. Never waits. */
  public Counts counts() {
    return counts;
  }

  /**
   * The loops of a selection on a grid, in the order of their pieces' names and bars, and what was
   * left out: the same content gives the same digest. An example's song is the piece's name: with
   * ":" and its bar it names the loop. Loops with fewer than minOnsets are left out.
   */
  public SelectionSummary pick(Selection selection, Grid grid, KitMap kit, int minOnsets) {
    return SelectionSummary.of(pieces(), selection, grid, kit, minOnsets);
  }

  private void write(Collection<Change> list) {
    if (list.isEmpty()) {
      return;
    }
    try {
      journal.append(List.copyOf(list), this::whole);
    } catch (IOException broken) {
      status = "the data set cannot be written: " + broken;
      throw new UncheckedIOException(status, broken);
    }
    status = "ok";
    list.forEach(this::apply);
    count();
  }

  private void count() {
    changes++;
    counts =
        new Counts(
            pieces.size(),
            totals.notes(),
            totals.newBars(),
            totals.excluded(),
            gone.size(),
            journal.bytes(),
            changes);
  }

  /** Called by the journal before the change at hand counts; that one is written after it. */
  private Iterable<Change> whole() {
    List<Change> all = new ArrayList<>();
    gone.forEach(id -> all.add(Change.gone(id)));
    pieces.values().forEach(piece -> all.add(Change.came(piece)));
    own.values().stream()
        .filter(Piece::isMarked)
        .forEach(piece -> all.add(Change.marked(piece.id(), piece.about())));
    return all;
  }

  private void apply(Change change) {
    Piece before = pieces.remove(change.id());
    Piece after = change.of(before);
    totals.replace(before, after);
    if (after != null) {
      pieces.put(change.id(), after);
      gone.remove(change.id());
    } else if (change.about() == null) {
      gone.add(change.id());
    } else {
      own.computeIfPresent(change.id(), (id, piece) -> change.of(piece));
    }
  }
}
