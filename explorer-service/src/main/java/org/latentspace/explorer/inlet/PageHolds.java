package org.latentspace.explorer.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.explorer.teaching.HeldPairs.Holder;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.performer.Name;
import org.latentspace.proto.BeginPairReply;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.TeachingServiceGrpc;

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

  /** Calls that have a page for their holder. */
  List<Call<?, ?>> calls() {
    return List.of(
        Call.reply(TeachingServiceGrpc.getBeginPairMethod(), this::begin),
        Call.later(
            TeachingServiceGrpc.getEndPairMethod(),
            request -> teacher.end(request, holder(request.getHolder()))));
  }

  private BeginPairReply begin(BeginPairRequest request) {
    Holder holder = holder(request.getHolder());
    BeginPairReply reply = teacher.begin(request, holder);
    if (!request.getHolder().isEmpty() && !open.containsKey(request.getHolder())) {
      // Gone between the two.
      teacher.discard(holder);
    }
    return reply;
  }

  /** Who calls without a page's id is a caller like any other. */
  private Holder holder(String page) {
    if (page.isEmpty()) {
      return Holder.caller("");
    }
    Page known = open.get(page);
    if (known == null) {
      throw new Refusal(Refusal.Kind.NOT_YET, "this page has no stream of events: load it again");
    }
    return known.holder;
  }
}
