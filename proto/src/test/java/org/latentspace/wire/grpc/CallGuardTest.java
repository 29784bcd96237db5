package org.latentspace.wire.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.GetSettingsRequest;

/** The guard in a server that was stopped for a while, as a process is that the machine froze. */
@Timeout(60)
class CallGuardTest {
  private final Queue<Runnable> frozen = new ConcurrentLinkedQueue<>();
  private final SteeredService service = new SteeredService();
  private final CallGuard guard = new CallGuard();
  private final AtomicReference<Object> answer = new AtomicReference<>();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void begin() throws Exception {
    guard.open();
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(frozen::add)
            .intercept(guard)
            .addService(service)
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private void goOn() {
    for (Runnable next = frozen.poll(); next != null; next = frozen.poll()) {
      next.run();
    }
  }

  private Status.Code code() {
    return answer.get() instanceof Throwable fault ? Status.fromThrowable(fault).getCode() : null;
  }

  @Test
  void aCallThatRanOutOfTimeMeanwhileIsNotCarriedOut() {
    call(200);
    until("the call has run out of time", () -> code() == Status.Code.DEADLINE_EXCEEDED);
    assertFalse(frozen.isEmpty());
    goOn();
    assertEquals(0, service.settings.get());
  }

  @Test
  void aCallThatIsStillWaitedForIsCarriedOutOnce() {
    call(30_000);
    until(
        "it is answered",
        () -> {
          goOn();
          return answer.get() != null;
        });
    assertTrue(answer.get() instanceof ExplorerSettings, String.valueOf(answer.get()));
    assertEquals(1, service.settings.get());
  }

  private void call(long withinMs) {
    ExplorerServiceGrpc.newStub(channel)
        .withDeadlineAfter(withinMs, TimeUnit.MILLISECONDS)
        .getSettings(GetSettingsRequest.getDefaultInstance(), new Kept());
    until("the call has come", () -> !frozen.isEmpty());
  }

  private final class Kept implements StreamObserver<ExplorerSettings> {
    @Override
    public void onNext(ExplorerSettings value) {
      answer.set(value);
    }

    @Override
    public void onError(Throwable fault) {
      answer.set(fault);
    }

    @Override
    public void onCompleted() {}
  }
}
