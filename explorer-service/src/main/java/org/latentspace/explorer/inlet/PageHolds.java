package org.latentspace.explorer.inlet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.explorer.teaching.Holder;
import org.latentspace.performer.Name;
import org.latentspace.proto.BeginPairReply;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.TrainingPair;

/**
 * The pairs that pages of the screen hold: each belongs to the page that began it, and is discarded
 * when the page's stream of events ends.
 */
@ApplicationScoped
public class PageHolds {
  @Inject Teacher teacher;

  /** A page, and how many of its streams are open: a new one may come before the old one ends. */
  private record Page(Holder holder, int streams) {}

  // By the id that the page has given itself.
  private final Map<String, Page> open = new ConcurrentHashMap<>();

  /** A page's stream of events has begun; one without an id cannot hold. */
  void came(String page, String address) {
    if (Name.isValid(page)) {
      open.compute(
          page,
          (id, before) ->
              new Page(Holder.page(id, address), before == null ? 1 : before.streams + 1));
    }
  }

  /** It has ended. */
  void left(String page) {
    Page left =
        open.computeIfPresent(page, (id, before) -> new Page(before.holder, before.streams - 1));
    if (left != null && left.streams <= 0) {
      open.remove(page, left);
      teacher.discard(left.holder);
    }
  }

  void begin(BeginPairRequest request, StreamObserver<BeginPairReply> answer) {
    Replies.reply(
        answer,
        () -> {
          Holder holder = holder(request.getHolder());
          teacher.begin(request, holder);
          if (!isThere(request.getHolder())) {
            // Gone between the two.
            teacher.discard(holder);
          }
          return BeginPairReply.getDefaultInstance();
        });
  }

  void end(EndPairRequest request, StreamObserver<TrainingPair> answer) {
    Replies.later(
        answer,
        () ->
            teacher.end(
                request.getPerformer(), holder(request.getHolder()), !request.getDiscard()));
  }

  /** Who calls without a page's id is a caller like any other. */
  private Holder holder(String page) {
    if (page.isEmpty()) {
      return Holder.caller("");
    }
    Page known = open.get(page);
    if (known == null) {
      throw Status.FAILED_PRECONDITION
          .withDescription("this page has no stream of events: load it again")
          .asRuntimeException();
    }
    return known.holder;
  }

  private boolean isThere(String page) {
    return page.isEmpty() || open.containsKey(page);
  }
}
