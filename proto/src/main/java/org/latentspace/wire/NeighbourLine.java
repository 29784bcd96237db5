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
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The line to a neighbour that is called now and then, dialled with the first call; {@link
 * LiveOutlet} has its own, which is open all the time.
 */
public final class NeighbourLine implements AutoCloseable {
  /**
   * The host's name of a neighbour in this process, where the port says nothing: messages go to it
   * as they are, over no network. A name that begins so is another server of this process.
   */
  public static final String THIS_PROCESS = "this-process";

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

  /** For {@link LiveOutlet}: everything of its calls happens on the live thread. */
  static ManagedChannel live(String host, int port) {
    if (host.startsWith(THIS_PROCESS)) {
      return asOwn(InProcessChannelBuilder.forName(host).executor(LiveThread.get()));
    }
    return asOwn(
        remote(host, port)
            .eventLoopGroup(LiveThread.get())
            .channelType(NioSocketChannel.class)
            .directExecutor());
  }

  private static ManagedChannel patient(String host, int port) {
    return asOwn(
        host.startsWith(THIS_PROCESS) ? InProcessChannelBuilder.forName(host) : remote(host, port));
  }

  /** Notices within seconds when the other end is gone. */
  private static NettyChannelBuilder remote(String host, int port) {
    return NettyChannelBuilder.forAddress(host, port)
        .usePlaintext()
        .keepAliveTime(10, TimeUnit.SECONDS)
        .keepAliveTimeout(5, TimeUnit.SECONDS);
  }

  /**
   * Calls do not end with the call on whose behalf they were begun: who wants that takes them back.
   */
  private static ManagedChannel asOwn(ManagedChannelBuilder<?> builder) {
    return builder.intercept(new OfItsOwn()).build();
  }

  /** For one call; a neighbour that was gone is dialled anew at once. */
  public synchronized ManagedChannel channel() {
    if (channel == null) {
      channel = patient(host, port);
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
    return neighbour
        + (host.startsWith(THIS_PROCESS) ? " in this process" : " at " + host + ":" + port);
  }
}
