package org.latentspace.explorer.inlet;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.proto.Echo;
import org.latentspace.proto.MissingInput;
import org.latentspace.proto.PageEvent;
import org.latentspace.proto.PerformerNow;

/**
 * The newest of every performer's path, for pages: server-sent events 25 times a second. A page
 * that is slow misses some; one of another origin in the same browser gets none. What pages ask for
 * comes by {@link PageCalls}.
 */
@ApplicationScoped
public class Screen {
  private static final long EVENT_MS = 40;
  private static final int MOST_SCREENS = 16;

  @Inject Performers performers;
  @Inject ExplorerEchoes echoes;
  @Inject PageHolds holds;
  @Inject Vertx vertx;

  private final List<HttpServerResponse> screens = new CopyOnWriteArrayList<>();
  private long timer;

  void open(@Observes Router router) {
    router.get("/api/events").handler(this::watch);
  }

  private synchronized void watch(RoutingContext call) {
    HttpServerResponse screen = call.response();
    if (PageRequests.isForeign(call.request())) {
      PageRequests.answer(screen, 403, "only for this server's own page");
      return;
    }
    if (screens.size() >= MOST_SCREENS) {
      PageRequests.answer(screen, 503, "no room for another screen");
      return;
    }
    PageRequests.compress(screen);
    screen
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store");
    String page = call.queryParams().contains("page") ? call.queryParams().get("page") : "";
    holds.came(page, call.request().remoteAddress().hostAddress());
    screen.closeHandler(closed -> leave(screen, page));
    screen.exceptionHandler(fault -> leave(screen, page));
    screens.add(screen);
    screen.write(event());
    if (screens.size() == 1) {
      timer = vertx.setPeriodic(EVENT_MS, tick -> show());
    }
  }

  private synchronized void leave(HttpServerResponse screen, String page) {
    if (!screens.remove(screen)) {
      return;
    }
    holds.left(page);
    if (screens.isEmpty()) {
      vertx.cancelTimer(timer);
    }
  }

  private void show() {
    String event = null;
    for (HttpServerResponse screen : screens) {
      if (!screen.closed() && !screen.writeQueueFull()) {
        event = event == null ? event() : event;
        screen.write(event);
      }
    }
  }

  private String event() {
    return "data: " + newest() + "\n\n";
  }

  /** A PageEvent as one line of JSON, with every field. */
  private String newest() {
    PageEvent.Builder event = PageEvent.newBuilder();
    for (Performer performer : performers.present().all()) {
      Echo echo = echoes.newest(performer);
      if (echo != null) {
        event.addPerformers(now(performer, echo));
      }
    }
    echoes
        .missing(System.nanoTime())
        .forEach(
            (name, stages) ->
                event.addMissing(
                    MissingInput.newBuilder().setPerformer(name).addAllStages(stages)));
    return MessageJson.writeWhole(event.build());
  }

  private PerformerNow now(Performer performer, Echo echo) {
    return PerformerNow.newBuilder()
        .setEcho(echo)
        .setSettings(SettingsWire.settings(performer.name(), performer.choices()))
        .setEnded(performer.ended())
        .setMissedFrames((int) performer.missed())
        .setPairsRevision((int) performer.pairsRevision())
        .build();
  }
}
