package org.latentspace.wire.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ExplorerServiceGrpc;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.Origin;
import org.latentspace.wire.LiveOutlet;
import org.latentspace.wire.NeighbourLine;

class ThisProcessTest {
  private static final Origin ORIGIN = Origin.newBuilder().setPerformer("ann").build();

  private final SteeredService service = new SteeredService();

  @Test
  void aNeighbourInThisProcessGetsTheMessagesThemselvesOnTheLiveThread() {
    Queue<Echo> echoes = new ConcurrentLinkedQueue<>();
    Queue<String> threads = new ConcurrentLinkedQueue<>();
    GrpcServer near =
        new GrpcServer(new GrpcServerTest.Config(0, NeighbourLine.THIS_PROCESS), List.of(service));
    near.listen();
    near.open();
    try (LiveOutlet<FeatureFrame, Echo> outlet =
        new LiveOutlet<>(
            "explorer-service",
            NeighbourLine.THIS_PROCESS,
            1,
            ExplorerServiceGrpc.getExploreMethod(),
            FeatureFrame::getOrigin,
            echo -> {
              echoes.add(echo);
              threads.add(Thread.currentThread().getName());
            },
            performer -> {})) {
      outlet.start();
      until("it is ready", outlet::isReady);
      FeatureFrame frame = FeatureFrame.newBuilder().setOrigin(ORIGIN).build();
      assertTrue(outlet.offer(frame));
      until("it is heard", () -> service.frames.get() == 1);
      assertSame(frame, service.last, "nothing is written and read again");
      assertEquals("live", service.thread.replaceAll("-.*", ""));
      service.explorer.onNext(Echo.newBuilder().setOrigin(ORIGIN).build());
      until("the echo is heard", () -> echoes.size() == 1);
      assertEquals("live", threads.peek().replaceAll("-.*", ""));
    }
    try (NeighbourLine line =
        new NeighbourLine("explorer-service", NeighbourLine.THIS_PROCESS, 1)) {
      assertEquals("explorer-service in this process", line.toString());
      ExplorerServiceGrpc.newBlockingStub(line.channel())
          .withDeadlineAfter(30, TimeUnit.SECONDS)
          .getSettings(GetSettingsRequest.getDefaultInstance());
    } finally {
      near.close();
    }
  }
}
