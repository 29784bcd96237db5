package org.latentspace.explorer.inlet;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the page's requests: judges origin, type and length before a body is read, and bounds what
 * all bodies take together and how long one may take to arrive.
 */
@ApplicationScoped
public class PageRequests {
  /** Of all bodies together that are being read or answered. */
  static final long MOST_BYTES_AT_ONCE = 24L << 20;

  /** A sender whose body is no longer is read to its end, so that it sees why it was refused. */
  private static final long MOST_BYTES_READ_ON = 64 << 10;

  private static final long SHORTEST_READ_MS = 10_000;
  private static final long READ_MS_PER_MB = 1000;
  private static final String READ_TIMER = "latentspace.read-timer";

  @Inject Vertx vertx;

  private final AtomicLong bytes = new AtomicLong();

  /**
   * Adds a route for requests with a JSON body of at most so many bytes.
   *
   * @param action is called with the whole body
   */
  void post(Router router, String path, int mostBytes, Handler<RoutingContext> action) {
    router
        .post(path)
        .handler((SecurityPolicyHandler) call -> admit(call, mostBytes))
        .handler(BodyHandler.create(false).setBodyLimit(mostBytes))
        .handler(
            call -> {
              stopTimer(call);
              action.handle(call);
            })
        .failureHandler(call -> fail(call, mostBytes));
  }

  private void admit(RoutingContext call, int mostBytes) {
    long length = length(call.request(), mostBytes);
    if (isForeign(call.request())) {
      refuse(call, 403, "only for this server's own page");
    } else if (!isJson(call.request())) {
      refuse(call, 415, "Content-Type must be application/json");
    } else if (length < 0 || length > mostBytes) {
      refuse(call, 413, "the body must have at most " + mostBytes + " bytes");
    } else if (bytes.addAndGet(length) > MOST_BYTES_AT_ONCE) {
      bytes.addAndGet(-length);
      refuse(call, 503, "too much is being sent at once: try again");
    } else {
      call.addEndHandler(
          ended -> {
            stopTimer(call);
            bytes.addAndGet(-length);
          });
      long patience = SHORTEST_READ_MS + (READ_MS_PER_MB * mostBytes >> 20);
      call.put(READ_TIMER, vertx.setTimer(patience, late -> giveUp(call, patience)));
      call.next();
    }
  }

  /** Bytes that a body will take; without a length, as many as it may; less than 0: no number. */
  private static long length(HttpServerRequest request, int mostBytes) {
    String length = request.getHeader("Content-Length");
    if (length == null) {
      return mostBytes;
    }
    try {
      return Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void stopTimer(RoutingContext call) {
    Long timer = call.remove(READ_TIMER);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private static void giveUp(RoutingContext call, long patience) {
    if (!call.response().ended()) {
      refuse(call, 408, "the body did not arrive within " + patience / 1000 + " s");
      if (call.request().version() != HttpVersion.HTTP_2) {
        call.request().connection().close();
      }
    }
  }

  private static void refuse(RoutingContext call, int status, String reason) {
    HttpServerResponse response = call.response();
    boolean sharesItsConnection = call.request().version() == HttpVersion.HTTP_2;
    if (!sharesItsConnection) {
      response.putHeader("Connection", "close");
    }
    answer(response, status, reason);
    // The rest of a long body is not waited for.
    if (!sharesItsConnection && length(call.request(), Integer.MAX_VALUE) > MOST_BYTES_READ_ON) {
      call.request().connection().close();
    }
  }

  /** A body that is too long, or one that broke off, whose sender is gone: nothing to log. */
  private static void fail(RoutingContext call, int mostBytes) {
    HttpServerResponse response = call.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (call.statusCode() == 413) {
      refuse(call, 413, "the body must have at most " + mostBytes + " bytes");
    } else {
      refuse(call, 400, "bad request");
    }
  }

  static void answer(HttpServerResponse response, int status, String line) {
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(line + "\n");
  }

  /** Lets an answer be compressed; Quarkus leaves that out for routes that are not its own. */
  static void compress(HttpServerResponse response) {
    response.headers().remove("Content-Encoding");
  }

  /** From a page of another origin in somebody's browser; browsers say so, other clients do not. */
  static boolean isForeign(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String host = request.getHeader("Host");
    String site = request.getHeader("Sec-Fetch-Site");
    boolean ownOrigin =
        origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    boolean ownSite = site == null || site.equals("same-origin") || site.equals("none");
    return !ownOrigin || !ownSite;
  }

  private static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }
}
