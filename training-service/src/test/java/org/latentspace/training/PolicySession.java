package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;
import org.latentspace.proto.DataSetServiceGrpc;
import org.latentspace.proto.GetNoveltyRequest;
import org.latentspace.proto.GetPolicyRequest;
import org.latentspace.proto.Novelty;
import org.latentspace.proto.Policy;
import org.latentspace.proto.TrainingServiceGrpc;

/** The settings of what comes in and of what is then trained, over gRPC. */
final class PolicySession {
  private final DataSetServiceGrpc.DataSetServiceBlockingStub data;
  private final TrainingServiceGrpc.TrainingServiceBlockingStub training;

  PolicySession(ManagedChannel channel) {
    data = DataSetServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    training = TrainingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  void setsWhatIsNew() {
    Novelty before = data.getNovelty(GetNoveltyRequest.getDefaultInstance());
    assertEquals(0.45, before.getLimit());
    assertFalse(before.getTakeKnown());
    Novelty all = data.setNovelty(Novelty.newBuilder().setTakeKnown(true).build());
    assertTrue(all.getTakeKnown());
    assertEquals(0.45, all.getLimit(), "what is unset stays");
    assertEquals(0.3, data.setNovelty(Novelty.newBuilder().setLimit(0.3).build()).getLimit());
    refused("limit is 1.5", () -> data.setNovelty(Novelty.newBuilder().setLimit(1.5).build()));
    data.setNovelty(before);
  }

  void setsWhenModelsAreTrained() {
    Policy never = training.getPolicy(GetPolicyRequest.getDefaultInstance());
    assertEquals(0, never.getNewBars());
    assertEquals("ok", never.getStatus());
    assertEquals("", never.getJob());
    Policy wanted = Policy.newBuilder().setNewBars(1_000_000).build();
    assertEquals(1_000_000, training.setPolicy(wanted).getNewBars());
    assertEquals(1_000_000, training.setPolicy(Policy.getDefaultInstance()).getNewBars());
    Policy tooMany = Policy.newBuilder().setNewBars(1_000_001).build();
    refused("new_bars is 1000001, must be 0..1000000", () -> training.setPolicy(tooMany));
    training.setPolicy(Policy.newBuilder().setNewBars(0).build());
  }

  private static void refused(String words, Executable call) {
    String message = assertThrows(StatusRuntimeException.class, call).getMessage();
    assertTrue(message.startsWith("INVALID_ARGUMENT") && message.contains(words), message);
  }
}
