package org.latentspace.wire.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.PlaceRequest;

/** What is under way when a service ends is given up, waited for, and no fault. */
@Timeout(60)
class CallsAtTheEndTest {
  private static final long ENDING_NANOS = 300_000_000L;

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final LongWork service = new LongWork();

  @Test
  void areInterruptedAndWaitedForAndNoFaultIsLogged() throws Exception {
    Logger log = Logger.getLogger(CallGuard.class.getName());
    Handler handler = new Kept();
    log.addHandler(handler);
    GrpcServer server = new GrpcServer(new GrpcServerTest.Config(0, "127.0.0.1"), List.of(service));
    server.listen();
    server.open();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      Future<ExplorerSettings> answer =
          ExplorerServiceGrpc.newFutureStub(channel).place(PlaceRequest.getDefaultInstance());
      assertTrue(service.begun.await(30, TimeUnit.SECONDS));
      server.close();
      assertTrue(service.ended, "its thread has ended when the server is closed");
      until("its caller hears of the end", answer::isDone);
      assertEquals(List.of(), logged);
    } finally {
      server.close();
      channel.shutdownNow();
      log.removeHandler(handler);
    }
  }

  /** Works until it is interrupted, takes its time to end, and fails. */
  private static final class LongWork extends ExplorerServiceGrpc.ExplorerServiceImplBase {
    final CountDownLatch begun = new CountDownLatch(1);
    volatile boolean ended;

    @Override
    public void place(PlaceRequest request, StreamObserver<ExplorerSettings> answer) {
      begun.countDown();
      try {
        new CountDownLatch(1).await(30, TimeUnit.SECONDS);
      } catch (InterruptedException givenUp) {
        for (long end = System.nanoTime() + ENDING_NANOS; System.nanoTime() < end; ) {
          LockSupport.parkNanos(1_000_000);
        }
        ended = true;
        throw new IllegalStateException("given up", givenUp);
      }
    }
  }

  private final class Kept extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() > Level.INFO.intValue()) {
        logged.add(record.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
