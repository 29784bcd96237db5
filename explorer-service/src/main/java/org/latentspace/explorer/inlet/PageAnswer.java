package org.latentspace.explorer.inlet;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.latentspace.explorer.wire.MessageJson;

/**
 * Writes the answers of a call for the screen, a line of JSON each; may be called from any thread.
 * A fault before the first answer is a status with its text, one after it a last line {"error":
 * text}.
 */
final class PageAnswer<A extends Message> extends ServerCallStreamObserver<A> {
  private static final int LONGEST_TEXT = 1000;

  private final HttpServerResponse response;
  private final Context context;
  private volatile boolean cancelled;
  private volatile Runnable whenCancelled = () -> {};
  // Of the context's thread.
  private boolean begun;

  PageAnswer(RoutingContext call) {
    response = call.response();
    context = call.vertx().getOrCreateContext();
    response.closeHandler(
        closed -> {
          if (!response.ended()) {
            cancelled = true;
            whenCancelled.run();
          }
        });
  }

  @Override
  public void onNext(A answer) {
    String line = MessageJson.writeWhole(answer);
    context.runOnContext(
        now -> {
          if (!isOver()) {
            begin();
            response.write(line + "\n");
          }
        });
  }

  @Override
  public void onError(Throwable fault) {
    Status status = Status.fromThrowable(fault);
    String text =
        oneLine(status.getDescription() == null ? status.toString() : status.getDescription());
    context.runOnContext(
        now -> {
          if (isOver()) {
            return;
          }
          if (begun) {
            response.end("{\"error\":" + quoted(text) + "}\n");
          } else {
            response
                .setStatusCode(code(status))
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(text + "\n");
          }
        });
  }

  @Override
  public void onCompleted() {
    context.runOnContext(
        now -> {
          if (!isOver()) {
            begin();
            response.end();
          }
        });
  }

  private void begin() {
    if (!begun) {
      begun = true;
      PageRequests.compress(response);
      response
          .setChunked(true)
          .putHeader("Content-Type", "application/x-ndjson")
          .putHeader("Cache-Control", "no-store");
    }
  }

  private boolean isOver() {
    return response.ended() || response.closed();
  }

  private static int code(Status status) {
    return switch (status.getCode()) {
      case NOT_FOUND -> 404;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case FAILED_PRECONDITION, ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> 503;
      default -> 500;
    };
  }

  static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").trim();
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
  }

  private static String quoted(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    whenCancelled = handler;
    if (cancelled) {
      handler.run();
    }
  }

  @Override
  public void setCompression(String compression) {
    // HTTP's own business.
  }

  @Override
  public boolean isReady() {
    return !response.writeQueueFull();
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    context.runOnContext(now -> response.drainHandler(drained -> handler.run()));
  }

  @Override
  public void request(int count) {
    // There is one request, and it is here.
  }

  @Override
  public void setMessageCompression(boolean enable) {
    // HTTP's own business.
  }

  @Override
  public void disableAutoInboundFlowControl() {
    // There is one request, and it is here.
  }
}
