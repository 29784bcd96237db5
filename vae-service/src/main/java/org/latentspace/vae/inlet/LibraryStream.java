package org.latentspace.vae.inlet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.LibraryReply;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.rhythm.Rhythm;
import org.latentspace.vae.versions.LibraryUpdater;
import org.latentspace.vae.wire.RhythmWire;

/**
 * Takes in one library, entry by entry; what was there stays until the last one has come.
 *
 * <p>What does not fit is refused by its id, with the reason; the rest go in. Only the newest
 * stream counts: it ends the one before it.
 */
final class LibraryStream implements StreamObserver<LibraryEntry> {
  private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}]{1,128}");
  private static final int MOST_REASONS = 1000;
  private static final int SHOWN = 64;

  private final ActiveModel activeModel;
  private final LibraryUpdater updater;
  private final StreamObserver<LibraryReply> response;
  private final List<String> refused = new ArrayList<>();
  private List<RhythmLibrary.Entry> entries = new ArrayList<>();
  private Set<String> ids = new HashSet<>();
  private int received;
  private int strokes;
  private boolean over;

  LibraryStream(
      ActiveModel activeModel, LibraryUpdater updater, StreamObserver<LibraryReply> response) {
    this.activeModel = activeModel;
    this.updater = updater;
    this.response = response;
  }

  @Override
  public synchronized void onNext(LibraryEntry entry) {
    if (over) {
      return;
    }
    received++;
    if (received > RhythmLibrary.MOST_ENTRIES) {
      end(Status.RESOURCE_EXHAUSTED, "more than " + RhythmLibrary.MOST_ENTRIES + " entries");
      return;
    }
    try {
      add(entry);
    } catch (IllegalArgumentException e) {
      if (refused.size() < MOST_REASONS) {
        refused.add(shown(entry.getId()) + ": " + e.getMessage());
      }
    } catch (IllegalStateException e) {
      end(Status.FAILED_PRECONDITION, e.getMessage());
    }
  }

  private void add(LibraryEntry entry) {
    String id = entry.getId();
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("id must be 1..128 characters, none of them control");
    }
    Rhythm rhythm = RhythmWire.read(entry.getRhythm());
    LibraryIndex.check(rhythm, entries.size(), activeModel.required().unbent());
    if (strokes + rhythm.strokes() > RhythmLibrary.MOST_STROKES) {
      throw new IllegalArgumentException(
          "the library has no room for more than " + RhythmLibrary.MOST_STROKES + " strokes");
    }
    if (!ids.add(id)) {
      throw new IllegalArgumentException("another entry has this id");
    }
    strokes += rhythm.strokes();
    entries.add(new RhythmLibrary.Entry(id, rhythm));
  }

  /** Another stream has begun. */
  synchronized void giveWay() {
    end(Status.ABORTED, "another PutLibrary has begun");
  }

  @Override
  public synchronized void onError(Throwable gone) {
    forget();
  }

  @Override
  public synchronized void onCompleted() {
    if (!over) {
      List<RhythmLibrary.Entry> whole = entries;
      forget();
      VaeReplies.answer(
          response,
          () -> {
            updater.putByHand(whole);
            return LibraryReply.newBuilder()
                .setEntries(whole.size())
                .addAllRefused(refused)
                .build();
          });
    }
  }

  private void end(Status status, String why) {
    if (!over) {
      forget();
      if (!VaeReplies.gone(response).getAsBoolean()) {
        response.onError(status.withDescription(why).asRuntimeException());
      }
    }
  }

  private void forget() {
    over = true;
    entries = List.of();
    ids = Set.of();
  }

  private static String shown(String id) {
    String line = id.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
