package org.latentspace.explorer.outlet;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latentspace.explorer.heard.Scale;
import org.latentspace.explorer.project.PairsJson;
import org.latentspace.explorer.project.ProjectPart;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.teaching.Refusal;

/** The pairs in a performer's project, with the scaling that made their inputs. */
@ApplicationScoped
public class PairsPart implements ProjectPart {
  private static final String NAME = "pairs";
  private static final long PATIENCE_S = 60;

  private final PairBook book;
  private final PairOutlet pairs;

  @Inject
  public PairsPart(PairBook book, PairOutlet pairs) {
    this.book = book;
    this.pairs = pairs;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JsonNode export(String performer) {
    List<Pair> own = book.of(performer);
    return own.isEmpty() ? null : new PairsJson(own, pairs.scale(performer)).write();
  }

  @Override
  public void check(String performer, JsonNode part) {
    if (part == null) {
      return;
    }
    PairsJson read = PairsJson.read(performer, part, NAME);
    try {
      book.requireRoom(performer, read.pairs().size());
    } catch (Refusal noRoom) {
      throw new IllegalArgumentException(NAME + ": " + noRoom.getMessage(), noRoom);
    }
  }

  @Override
  public void replace(String performer, JsonNode part) {
    PairsJson read =
        part == null ? new PairsJson(List.of(), null) : PairsJson.read(performer, part, NAME);
    boolean hasNothing = book.of(performer).isEmpty() && pairs.undoable(performer) == 0;
    if (read.pairs().isEmpty() && hasNothing) {
      return;
    }
    store(performer, read.pairs(), read.scale());
  }

  private void store(String performer, List<Pair> own, Scale scale) {
    try {
      pairs
          .replace(performer, own, scale)
          .toCompletableFuture()
          .orTimeout(PATIENCE_S, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      String why =
          e.getCause() instanceof TimeoutException
              ? "the disk does not answer"
              : e.getCause().getMessage();
      throw new IllegalStateException(why, e);
    }
  }
}
