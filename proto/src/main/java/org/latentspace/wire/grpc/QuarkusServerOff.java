package org.latentspace.wire.grpc;

import io.grpc.BindableService;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.runtime.config.GrpcClientConfiguration;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.quarkus.grpc.spi.GrpcBuilderProvider;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;
import io.vertx.core.Vertx;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Gives Quarkus a gRPC server that listens nowhere: {@link GrpcServer} answers instead. Found by
 * its name in META-INF/services.
 */
public final class QuarkusServerOff implements GrpcBuilderProvider<QuarkusServerOff.Nowhere> {
  @Override
  public boolean providesServer(GrpcServerConfiguration configuration) {
    return true;
  }

  @Override
  public ServerBuilder<Nowhere> createServerBuilder(
      Vertx vertx, GrpcServerConfiguration configuration, LaunchMode mode) {
    return new Nowhere(mode == LaunchMode.TEST ? configuration.testPort() : configuration.port());
  }

  @Override
  public void startServer(Server server) {}

  @Override
  public void postStartup(Server server, ShutdownContext shutdown) {}

  @Override
  public void devModeReload(
      List<ServerServiceDefinition> services,
      Map<String, ServerMethodDefinition<?, ?>> methods,
      List<ServerInterceptor> interceptors,
      ShutdownContext shutdown) {}

  @Override
  public boolean serverAlreadyExists() {
    return false;
  }

  @Override
  public String serverInfo(String host, int port, GrpcServerConfiguration configuration) {
    return "no gRPC server of Quarkus";
  }

  @Override
  public boolean providesChannel(GrpcClientConfiguration configuration) {
    return false;
  }

  @Override
  public String resolver() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ManagedChannelBuilder<?> createChannelBuilder(
      GrpcClientConfiguration configuration, String target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String channelInfo(GrpcClientConfiguration configuration) {
    throw new UnsupportedOperationException();
  }

  /** Builds nothing. */
  static final class Nowhere extends ServerBuilder<Nowhere> {
    private final int port;

    Nowhere(int port) {
      this.port = port;
    }

    @Override
    public Nowhere directExecutor() {
      return this;
    }

    @Override
    public Nowhere executor(Executor executor) {
      return this;
    }

    @Override
    public Nowhere addService(ServerServiceDefinition service) {
      return this;
    }

    @Override
    public Nowhere addService(BindableService service) {
      return this;
    }

    @Override
    public Nowhere fallbackHandlerRegistry(HandlerRegistry registry) {
      return this;
    }

    @Override
    public Nowhere useTransportSecurity(File certificates, File key) {
      return this;
    }

    @Override
    public Nowhere decompressorRegistry(DecompressorRegistry registry) {
      return this;
    }

    @Override
    public Nowhere compressorRegistry(CompressorRegistry registry) {
      return this;
    }

    @Override
    public Server build() {
      return new NoServer(port);
    }
  }

  /** Starts and ends without doing anything. */
  private static final class NoServer extends Server {
    private final int port;

    NoServer(int port) {
      this.port = port;
    }

    @Override
    public Server start() {
      return this;
    }

    @Override
    public int getPort() {
      return port;
    }

    @Override
    public Server shutdown() {
      return this;
    }

    @Override
    public Server shutdownNow() {
      return this;
    }

    @Override
    public boolean isShutdown() {
      return true;
    }

    @Override
    public boolean isTerminated() {
      return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }

    @Override
    public void awaitTermination() {}
  }
}
