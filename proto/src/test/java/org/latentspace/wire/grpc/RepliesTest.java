package org.latentspace.wire.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.latentspace.performer.LimitExceeded;

class RepliesTest {
  private static final class Caller implements StreamObserver<String> {
    private String answer;
    private Status status;

    @Override
    public void onNext(String value) {
      answer = value;
    }

    @Override
    public void onError(Throwable fault) {
      status = Status.fromThrowable(fault);
    }

    @Override
    public void onCompleted() {
      status = Status.OK;
    }
  }

  @Test
  void oneAnswerEndsTheCall() {
    Caller caller = new Caller();
    Replies.answer(caller, () -> "yes");
    assertEquals("yes", caller.answer);
    assertEquals(Status.OK, caller.status);
  }

  @Test
  void eachExceptionHasItsStatusAndKeepsItsMessage() {
    assertStatus(Status.Code.INVALID_ARGUMENT, new IllegalArgumentException("why"));
    assertStatus(Status.Code.NOT_FOUND, new NoSuchElementException("why"));
    assertStatus(Status.Code.FAILED_PRECONDITION, new IllegalStateException("why"));
    assertStatus(Status.Code.RESOURCE_EXHAUSTED, new LimitExceeded("why"));
    assertStatus(Status.Code.CANCELLED, new CancellationException("why"));
    assertStatus(Status.Code.UNAVAILABLE, new UncheckedIOException("why", new IOException()));

    assertStatus(Status.Code.ABORTED, Status.ABORTED.withDescription("why").asRuntimeException());
    assertStatus(Status.Code.INTERNAL, new ArithmeticException("why"));
  }

  @Test
  void aServicesOwnStatusGoesBeforeTheUsualOne() {
    Caller caller = new Caller();
    Callable<String> full =
        () -> {
          throw new IllegalStateException("full");
        };
    Replies.answer(caller, full, fault -> Status.RESOURCE_EXHAUSTED);
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, caller.status.getCode());
    assertEquals("full", caller.status.getDescription());
  }

  private static void assertStatus(Status.Code code, Exception fault) {
    Caller caller = new Caller();
    Replies.answer(
        caller,
        () -> {
          throw fault;
        });
    assertNull(caller.answer);
    assertEquals(code, caller.status.getCode());
    assertEquals("why", caller.status.getDescription());
  }
}
