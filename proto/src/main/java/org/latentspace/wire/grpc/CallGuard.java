package org.latentspace.wire.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Stands between callers and services: holds calls until everything has started, refuses bytes that
 * are no message and calls when the process ends, and answers where a service throws.
 */
final class CallGuard implements ServerInterceptor {
  private static final Logger LOG = Logger.getLogger(CallGuard.class);

  /** Calls that may wait for the end of the start. */
  private static final int MOST_WAITING = 1000;

  private enum State {
    STARTING,
    OPEN,
    ENDING
  }

  private volatile State state = State.STARTING;
  // Guarded by this.
  private final Map<Guarded<?, ?>, Runnable> waiting = new LinkedHashMap<>();

  /** Lets calls in, those that wait first. */
  synchronized void open() {
    state = State.OPEN;
    waiting.values().forEach(Runnable::run);
    waiting.clear();
  }

  synchronized void close() {
    state = State.ENDING;
    waiting.clear();
  }

  /** Calls that wait for the end of the start; those that were given up do not. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void forget(Guarded<?, ?> givenUp) {
    waiting.remove(givenUp);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Guarded<Q, A> guarded = new Guarded<>(call);
    if (state == State.OPEN) {
      guarded.begin(headers, next);
    } else if (!waits(guarded, Context.current().wrap(() -> guarded.begin(headers, next)))) {
      refuse(call, Status.UNAVAILABLE.withDescription("the service is starting or ending"));
    }
    return guarded;
  }

  private synchronized boolean waits(Guarded<?, ?> call, Runnable begin) {
    if (state == State.OPEN) {
      begin.run();
      return true;
    }
    if (state == State.ENDING || waiting.size() >= MOST_WAITING) {
      return false;
    }
    waiting.put(call, begin);
    return true;
  }

  private static void refuse(ServerCall<?, ?> call, Status status) {
    try {
      call.close(status, new Metadata());
    } catch (IllegalStateException closed) {
      LOG.debugf("closed before: %s", status);
    }
  }

  /**
   * What a call's service is told. Before the service has been asked, no message comes, as nobody
   * has requested one.
   */
  private final class Guarded<Q, A> extends ServerCall.Listener<Q> {
    private final ServerCall<Q, A> call;
    private volatile ServerCall.Listener<Q> service;
    // Guarded by this until there is a service.
    private boolean ready;
    private boolean refused;

    Guarded(ServerCall<Q, A> call) {
      this.call = call;
    }

    /** Asks the service, unless the caller has gone. */
    synchronized void begin(Metadata headers, ServerCallHandler<Q, A> next) {
      if (call.isCancelled()) {
        return;
      }
      ServerCall.Listener<Q> begun = next.startCall(call, headers);
      if (ready) {
        begun.onReady();
      }
      service = begun;
    }

    @Override
    public void onMessage(Q message) {
      if (message == null) {
        refuse(
            Status.INVALID_ARGUMENT.withDescription(
                "the bytes are no message that " + name() + " takes"));
      } else {
        run(listener -> listener.onMessage(message));
      }
    }

    @Override
    public void onHalfClose() {
      run(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onCancel() {
      forget(this);
      run(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
      run(ServerCall.Listener::onComplete);
    }

    @Override
    public void onReady() {
      run(ServerCall.Listener::onReady);
    }

    private void run(Consumer<ServerCall.Listener<Q>> event) {
      ServerCall.Listener<Q> listener = service == null ? begun() : service;
      if (listener == null || refused) {
        return;
      }
      try {
        event.accept(listener);
      } catch (RuntimeException fault) {
        if (state == State.ENDING) {
          // The process ends under it.
          LOG.debugf(fault, "%s was given up", name());
          return;
        }
        LOG.errorf(fault, "%s has found a fault in this program", name());
        refuse(Status.INTERNAL.withDescription("a fault in this program: " + fault));
      }
    }

    /** The service, or null before it was asked: then all that can come is readiness or the end. */
    private synchronized ServerCall.Listener<Q> begun() {
      ready = service == null && !call.isCancelled();
      return service;
    }

    private String name() {
      return call.getMethodDescriptor().getFullMethodName();
    }

    private void refuse(Status status) {
      CallGuard.refuse(call, status);
      ServerCall.Listener<Q> listener = service;
      if (listener != null) {
        listener.onCancel();
      }
      refused = true;
    }
  }
}
