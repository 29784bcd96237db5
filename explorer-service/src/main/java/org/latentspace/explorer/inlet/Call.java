package org.latentspace.explorer.inlet;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.wire.grpc.Replies;
import org.latentspace.wire.grpc.ThisCall;

/**
 * A call of the contract that has one request, and what answers it: the same for gRPC and for the
 * screen.
 */
record Call<Q extends Message, A extends Message>(
    MethodDescriptor<Q, A> method, BiConsumer<Q, ServerCallStreamObserver<A>> deed) {
  private static final Pattern OUT_OF_RANGE =
      Pattern.compile("[a-z_]+(\\[\\d+\\])?=[^:]*: must be [0-9.]+(, or .*)?");

  /** A call that is answered at once. */
  static <Q extends Message, A extends Message> Call<Q, A> reply(
      MethodDescriptor<Q, A> method, Function<Q, A> answer) {
    return later(method, request -> CompletableFuture.completedFuture(answer.apply(request)));
  }

  /** A call that is answered when the stage is done; no thread waits for that. */
  static <Q extends Message, A extends Message> Call<Q, A> later(
      MethodDescriptor<Q, A> method, Function<Q, CompletionStage<A>> answer) {
    return new Call<>(method, (request, caller) -> answer(caller, () -> answer.apply(request)));
  }

  /** Answers when the stage is done; what waits for the disk is dropped with its caller. */
  static <A> void answer(StreamObserver<A> caller, Callable<CompletionStage<A>> work) {
    CompletionStage<A> stage;
    try {
      stage = ThisCall.on(caller, work);
    } catch (Exception refused) {
      stage = CompletableFuture.failedStage(refused);
    }
    stage.whenComplete(
        (answer, fault) -> {
          if (fault == null) {
            caller.onNext(answer);
            caller.onCompleted();
          } else {
            caller.onError(status(fault));
          }
        });
  }

  void addTo(ServerServiceDefinition.Builder service) {
    service.addMethod(
        method,
        method.getType() == MethodDescriptor.MethodType.UNARY
            ? ServerCalls.asyncUnaryCall(this::run)
            : ServerCalls.asyncServerStreamingCall(this::run));
  }

  private void run(Q request, StreamObserver<A> caller) {
    try {
      deed.accept(request, (ServerCallStreamObserver<A>) caller);
    } catch (RuntimeException refused) {
      caller.onError(status(refused));
    }
  }

  /** A request of this call with nothing set. */
  Q none() {
    return ((MethodDescriptor.PrototypeMarshaller<Q>) method.getRequestMarshaller())
        .getMessagePrototype();
  }

  /** What the caller is told. */
  static StatusRuntimeException status(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause instanceof StatusRuntimeException known) {
      return known;
    }
    String why = String.valueOf(cause.getMessage());
    if (cause instanceof Refusal refusal) {
      Status status =
          switch (refusal.kind()) {
            case UNKNOWN -> Status.NOT_FOUND;
            case NO_ROOM -> Status.RESOURCE_EXHAUSTED;
            case NOT_YET -> Status.FAILED_PRECONDITION;
            case UNAVAILABLE -> Status.UNAVAILABLE;
          };
      return status.withDescription(why).asRuntimeException();
    }
    return cause instanceof IllegalArgumentException && OUT_OF_RANGE.matcher(why).matches()
        ? Status.OUT_OF_RANGE.withDescription(why).asRuntimeException()
        : Replies.status(cause).asRuntimeException();
  }
}
