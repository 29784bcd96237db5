package org.latentspace.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The line to a neighbour that is called now and then, dialled with the first call; {@link
 * LiveOutlet} has its own, which is open all the time.
 */
public final class NeighbourLine implements AutoCloseable {
  private final String neighbour;
  private final String host;
  private final int port;
  private ManagedChannel channel;

  /**
   * Dials nobody yet.
   *
   * @param neighbour its service name, for messages
   */
  public NeighbourLine(String neighbour, String host, int port) {
    this.neighbour = neighbour;
    this.host = host;
    this.port = port;
  }

  /**
   * A channel that notices within seconds when the other end is gone. Its calls do not end with the
   * call on whose behalf they were begun: who wants that takes them back.
   */
  static ManagedChannelBuilder<?> dialling(String host, int port) {
    return ManagedChannelBuilder.forAddress(host, port)
        .usePlaintext()
        .intercept(new OfItsOwn())
        .keepAliveTime(10, TimeUnit.SECONDS)
        .keepAliveTimeout(5, TimeUnit.SECONDS);
  }

  /** For one call; a neighbour that was gone is dialled anew at once. */
  public synchronized ManagedChannel channel() {
    if (channel == null) {
      channel = dialling(host, port).build();
    }
    // The caller's own pauses count, not the channel's: a click is not answered with an old
    // refusal.
    channel.resetConnectBackoff();
    return channel;
  }

  /**
   * Hands a caller's question on, and the one answer or what is wrong back; waits for nothing.
   * Where it is not answered, the status says by whom, here and further on.
   *
   * @param question asks the neighbour on a channel; its answer comes on any thread
   */
  public <A> void ask(
      StreamObserver<A> caller, BiConsumer<ManagedChannel, StreamObserver<A>> question) {
    question.accept(
        channel(),
        new StreamObserver<>() {
          @Override
          public void onNext(A answer) {
            caller.onNext(answer);
          }

          @Override
          public void onError(Throwable fault) {
            Status status = Status.fromThrowable(fault);
            boolean away =
                status.getCode() == Status.Code.UNAVAILABLE
                    || status.getCode() == Status.Code.DEADLINE_EXCEEDED;
            String why = NeighbourLine.this + ": " + status.getDescription();
            caller.onError(
                (away ? Status.UNAVAILABLE.withDescription(why) : status).asRuntimeException());
          }

          @Override
          public void onCompleted() {
            caller.onCompleted();
          }
        });
  }

  /** Calls that are not answered yet are cancelled. */
  @Override
  public synchronized void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
  }

  /** Begins calls apart from the call that is being answered just now. */
  private static final class OfItsOwn implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      Context before = Context.ROOT.attach();
      try {
        return next.newCall(method, options);
      } finally {
        Context.ROOT.detach(before);
      }
    }
  }

  /** Who and where, as a message names it. */
  @Override
  public String toString() {
    return neighbour + " at " + host + ":" + port;
  }
}
