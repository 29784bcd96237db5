package org.latentspace.wire.grpc;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.latentspace.wire.LiveThread;
import org.latentspace.wire.NeighbourLine;
import org.latentspace.wire.StartMistake;
import org.latentspace.wire.StartOrder;

/**
 * Answers the gRPC calls of all services of this process, on a port of its own, and hears when a
 * caller gives a call up.
 *
 * <pre>
 *   connection ---> live thread --+-- streams with an echo --> service, on the live thread
 *   this process -> live thread --+-- every other call ------> service, on a thread that may wait
 * </pre>
 *
 * <p>The port is taken before anything is opened or written; calls are let in when everything has
 * started. Quarkus' gRPC extension is not used: its unified server does not hear that a call is
 * given up (quarkusio/quarkus#56268), its separate one goes on without a port that is taken.
 */
@Singleton
public class GrpcServer {
  /**
   * What a stream may send ahead of the service that reads it. What is more stays with the caller,
   * who sees that the stream is not ready, and drops and counts.
   */
  static final int WINDOW_BYTES = 64 << 10;

  private static final Logger LOG = Logger.getLogger(GrpcServer.class);
  private static final int LEAST_MESSAGE_BYTES = 4096;
  private static final int MOST_MESSAGE_BYTES = 128 << 20;
  private static final int MOST_CALLS = 100;
  private static final int MOST_RESETS = 2000;
  private static final int RESETS_SECONDS = 10;
  private static final int WORKERS = 64;
  private static final int MOST_PORT = 65_535;
  private static final long IDLE_SECONDS = 30;
  private static final long END_MS = 500;
  private static final long GIVE_UP_MS = 2000;

  private final GrpcConfig config;
  private final Iterable<BindableService> services;
  private final CallGuard guard = new CallGuard();
  private EventLoopGroup connections;
  private ThreadPoolExecutor workers;
  private Server server;
  private Server ownServer;

  @Inject
  GrpcServer(GrpcConfig config, @Any Instance<BindableService> services) {
    this(config, (Iterable<BindableService>) services);
  }

  GrpcServer(GrpcConfig config, Iterable<BindableService> services) {
    this.config = config;
    this.services = services;
  }

  /** The port that calls are answered on. */
  public int port() {
    return server.getPort();
  }

  void listen(@Observes @Priority(StartOrder.CHECK) StartupEvent start) {
    StartMistake.within("grpc-server.port", config.port(), 0, MOST_PORT);
    StartMistake.within(
        "grpc-server.max-message-bytes",
        config.maxMessageBytes(),
        LEAST_MESSAGE_BYTES,
        MOST_MESSAGE_BYTES);
    if (!List.of(NeighbourLine.THIS_PROCESS, "127.0.0.1").contains(config.neighbours())) {
      throw new StartMistake(
          "grpc-server.neighbours="
              + config.neighbours()
              + ": must be "
              + NeighbourLine.THIS_PROCESS
              + " or 127.0.0.1");
    }
    listen();
  }

  void answer(@Observes @Priority(StartOrder.ANSWER) StartupEvent start) {
    guard.open();
  }

  /** Takes the port; throws {@link StartMistake} where that cannot be. */
  void listen() {
    connections = new NioEventLoopGroup(2, new DefaultThreadFactory("grpc-io", true));
    workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            // A call has one entry at most, and a connection few calls.
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("grpc-call", true));
    workers.allowCoreThreadTimeOut(true);
    try {
      boolean near = config.neighbours().equals(NeighbourLine.THIS_PROCESS);
      // Without neighbours on them, connections keep off the live thread: what they carry may be
      // long, and is nobody's rhythm.
      Executor live = near ? LiveThread.get() : null;
      server = build(remote(near ? connections : LiveThread.get()), live).start();
      if (near) {
        var own = InProcessServerBuilder.forName(NeighbourLine.THIS_PROCESS);
        ownServer = build(own, live).start();
      }
    } catch (IOException taken) {
      close();
      throw new StartMistake(
          "grpc-server.port="
              + config.port()
              + ": must be a free port of "
              + config.host()
              + ": "
              + reason(taken));
    }
    LOG.infof("gRPC is answered on %s:%d", config.host(), port());
  }

  /** Calls that wait until they are let in. */
  int waiting() {
    return guard.waiting();
  }

  /** Lets calls in. */
  void open() {
    guard.open();
  }

  private NettyServerBuilder remote(EventLoopGroup reading) {
    return NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
        .channelType(NioServerSocketChannel.class)
        .bossEventLoopGroup(connections)
        .workerEventLoopGroup(reading)
        .flowControlWindow(WINDOW_BYTES)
        .maxConcurrentCallsPerConnection(MOST_CALLS)
        .maxRstFramesPerWindow(MOST_RESETS, RESETS_SECONDS)
        // A caller that has vanished is noticed, and callers may make sure of this server.
        .keepAliveTime(10, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  /**
   * Makes a server.
   *
   * @param live on which the live path's calls run; null: on the thread that reads them
   */
  private Server build(ServerBuilder<?> builder, Executor live) {
    builder
        .directExecutor()
        .callExecutor(
            new ServerCallExecutorSupplier() {
              @Override
              public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
                return isLive(call.getMethodDescriptor()) ? live : workers;
              }
            })
        .maxInboundMessageSize(config.maxMessageBytes())
        .intercept(guard);
    List<ServerServiceDefinition> definitions = new ArrayList<>();
    for (BindableService service : services) {
      definitions.add(service.bindService());
    }
    definitions.forEach(definition -> builder.addService(Messages.read(definition)));
    if (config.reflection()) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
      builder.addService(ProtoReflectionService.newInstance());
    }
    return builder.build();
  }

  private static boolean isLive(MethodDescriptor<?, ?> method) {
    return method.getType() == MethodDescriptor.MethodType.BIDI_STREAMING;
  }

  void end(@Observes ShutdownEvent end) {
    guard.close();
  }

  /** Calls that are under way are given up: cancelled, interrupted, and waited for a little. */
  @PreDestroy
  void close() {
    if (workers == null) {
      return;
    }
    guard.close();
    for (Server answering : answering()) {
      answering.shutdownNow();
    }
    workers.shutdownNow();
    try {
      for (Server answering : answering()) {
        answering.awaitTermination(END_MS, TimeUnit.MILLISECONDS);
      }
      // Whoever still works when the program's classes have gone fails at the next one it needs.
      workers.awaitTermination(GIVE_UP_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.shutdownGracefully(0, END_MS, TimeUnit.MILLISECONDS);
  }

  private List<Server> answering() {
    return Stream.of(server, ownServer).filter(Objects::nonNull).toList();
  }

  private static String reason(IOException fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
