package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Origin;

class EchoOutletTest {
  private final Response response = new Response();
  private final EchoOutlet outlet = new EchoOutlet(response);

  @Test
  void sendsAtMostThirtyASecondForEachPerformer() {
    for (int ms = 0; ms < 1000; ms++) {
      outlet.offer(echo("left", false), ms * 1_000_000L);
      outlet.offer(echo("right", false), ms * 1_000_000L);
    }
    long left =
        response.sent.stream().filter(e -> e.getOrigin().getPerformer().equals("left")).count();
    assertTrue(left >= 28 && left <= 30, "left " + left);
    assertEquals(2 * left, response.sent.size());
  }

  @Test
  void sendsEveryEchoOfALosslessStream() {
    for (int i = 0; i < 100; i++) {
      assertTrue(outlet.offer(echo("left", true), 0));
    }
    assertEquals(100, response.sent.size());
  }

  @Test
  void leavesOutWhatTheStreamIsNotReadyForButNeverTheEnd() {
    response.ready = false;
    assertFalse(outlet.offer(echo("left", false), 0));
    assertTrue(outlet.offer(echo("left", false).toBuilder().setFinished(true).build(), 0));
    assertEquals(1, response.sent.size());
  }

  @Test
  void sendsNothingAfterTheNeighbourIsGone() {
    response.cancel.run();
    assertFalse(outlet.offer(echo("left", true), 0));
    outlet.complete();
    assertFalse(response.completed);
  }

  private static Echo echo(String performer, boolean lossless) {
    return Echo.newBuilder()
        .setOrigin(Origin.newBuilder().setPerformer(performer).setLossless(lossless))
        .build();
  }

  /** The response side of a call, as a server's method gets it. */
  static final class Response extends ServerCallStreamObserver<Echo> {
    final List<Echo> sent = new ArrayList<>();
    private boolean ready = true;
    private boolean completed;
    private Runnable cancel;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      cancel = handler;
    }

    @Override
    public void onNext(Echo echo) {
      sent.add(echo);
    }

    @Override
    public void onCompleted() {
      completed = true;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}
  }
}
