package org.latentspace.explorer.inlet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.Mode;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.Sending;

/**
 * The screen's door: what goes by as server-sent events 25 times a second, and its commands.
 *
 * <p>A screen that is slow misses pictures. Commands are JSON only and from this server's own page:
 * a foreign page in the same browser can neither read nor steer.
 */
@ApplicationScoped
public class Screen {
  private static final long PICTURE_MS = 40;
  private static final int MOST_BODY_BYTES = 8192;
  private static final int MOST_SCREENS = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Hands hands;
  @Inject Picture picture;
  @Inject PageRequests requests;
  @Inject PageHolds holds;
  @Inject Vertx vertx;

  private final List<HttpServerResponse> screens = new CopyOnWriteArrayList<>();
  private long timer;

  void open(@Observes Router router) {
    router.get("/api/events").handler(this::watch);
    command(router, "/api/settings", body -> hands.choose(settings(body)));
    command(router, "/api/place", body -> hands.place(place(body)));
    command(router, "/api/send", body -> hands.send(text(body, "performer")));
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
      timer = vertx.setPeriodic(PICTURE_MS, tick -> show());
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
    return "data: " + picture.json() + "\n\n";
  }

  private void command(Router router, String path, Consumer<JsonNode> deed) {
    requests.post(router, path, MOST_BODY_BYTES, call -> run(call, deed));
  }

  private static void run(RoutingContext call, Consumer<JsonNode> deed) {
    try {
      JsonNode body = JSON.readTree(call.body().buffer().getBytes());
      if (!body.isObject()) {
        throw Status.INVALID_ARGUMENT.withDescription("no JSON object").asRuntimeException();
      }
      deed.accept(body);
      call.response().putHeader("Content-Type", "application/json").end("{}");
    } catch (StatusRuntimeException e) {
      boolean unknown = e.getStatus().getCode() == Status.Code.NOT_FOUND;
      PageRequests.answer(call.response(), unknown ? 404 : 400, e.getStatus().getDescription());
    } catch (JsonProcessingException e) {
      call.response().setStatusCode(400).end("no JSON\n");
    } catch (java.io.IOException | RuntimeException e) {
      call.response().setStatusCode(400).end("bad request\n");
    }
  }

  private static ExplorerSettings settings(JsonNode body) {
    return ExplorerSettings.newBuilder()
        .setPerformer(text(body, "performer"))
        .setMode(
            switch (text(body, "mode")) {
              case "" -> Mode.MODE_UNSPECIFIED;
              case "select" -> Mode.MODE_SELECT;
              case "predict" -> Mode.MODE_PREDICT;
              default -> throw invalid("mode", "select or predict");
            })
        .setSending(
            switch (text(body, "sending")) {
              case "" -> Sending.SENDING_UNSPECIFIED;
              case "manual" -> Sending.SENDING_MANUAL;
              case "auto" -> Sending.SENDING_AUTO;
              default -> throw invalid("sending", "manual or auto");
            })
        .build();
  }

  private static PlaceRequest place(JsonNode body) {
    PlaceRequest.Builder place = PlaceRequest.newBuilder().setPerformer(text(body, "performer"));
    for (JsonNode entry : body.path("position")) {
      place.addPosition(number(entry, "position"));
    }
    if (body.has("noise")) {
      place.setNoise(number(body.get("noise"), "noise"));
    }
    if (body.has("zRampMs")) {
      place.setZRampMs(number(body.get("zRampMs"), "zRampMs"));
    }
    return place.build();
  }

  private static String text(JsonNode body, String field) {
    return body.path(field).asText("");
  }

  private static float number(JsonNode node, String field) {
    if (!node.isNumber()) {
      throw invalid(field, "numbers");
    }
    return node.floatValue();
  }

  private static StatusRuntimeException invalid(String field, String right) {
    return Status.INVALID_ARGUMENT
        .withDescription(field + " must be " + right)
        .asRuntimeException();
  }
}
