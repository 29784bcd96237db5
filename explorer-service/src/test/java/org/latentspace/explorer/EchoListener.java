package org.latentspace.explorer;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latentspace.proto.Echo;

/** The caller's side of a stream: keeps the echoes until the test asks for them. */
final class EchoListener implements StreamObserver<Echo> {
  private final BlockingQueue<Echo> echoes = new LinkedBlockingQueue<>();

  Echo next() throws InterruptedException {
    Echo echo = echoes.poll(5, TimeUnit.SECONDS);
    assertNotNull(echo, "no echo in 5 s");
    return echo;
  }

  /** Echoes that nobody has asked for yet. */
  int waiting() {
    return echoes.size();
  }

  @Override
  public void onNext(Echo echo) {
    echoes.add(echo);
  }

  @Override
  public void onError(Throwable fault) {}

  @Override
  public void onCompleted() {}
}
