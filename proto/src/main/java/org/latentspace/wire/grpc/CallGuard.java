package org.latentspace.wire.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jboss.logging.Logger;

/**
 * Stands between callers and services: refuses calls until everything has started, and bytes that
 * are no message, and answers where a service throws.
 */
final class CallGuard implements ServerInterceptor {
  private static final Logger LOG = Logger.getLogger(CallGuard.class);

  private volatile boolean open;

  void open() {
    open = true;
  }

  void close() {
    open = false;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!open) {
      refuse(call, Status.UNAVAILABLE.withDescription("the service is starting or ending"));
      return new ServerCall.Listener<>() {};
    }
    return new Guarded<>(call, next.startCall(call, headers));
  }

  private static void refuse(ServerCall<?, ?> call, Status status) {
    try {
      call.close(status, new Metadata());
    } catch (IllegalStateException closed) {
      LOG.debugf("closed before: %s", status);
    }
  }

  /** What a call's service is told. */
  private final class Guarded<Q, A> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, A> call;
    private boolean refused;

    Guarded(ServerCall<Q, A> call, ServerCall.Listener<Q> service) {
      super(service);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (message == null) {
        refuse(
            Status.INVALID_ARGUMENT.withDescription(
                "the bytes are no message that " + name() + " takes"));
      } else {
        run(() -> super.onMessage(message));
      }
    }

    @Override
    public void onHalfClose() {
      run(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      run(super::onCancel);
    }

    @Override
    public void onComplete() {
      run(super::onComplete);
    }

    @Override
    public void onReady() {
      run(super::onReady);
    }

    private void run(Runnable event) {
      if (refused) {
        return;
      }
      try {
        event.run();
      } catch (RuntimeException fault) {
        if (!open) {
          // The process ends under it.
          LOG.debugf(fault, "%s was given up", name());
          return;
        }
        LOG.errorf(fault, "%s has found a fault in this program", name());
        refuse(Status.INTERNAL.withDescription("a fault in this program: " + fault));
      }
    }

    private String name() {
      return call.getMethodDescriptor().getFullMethodName();
    }

    private void refuse(Status status) {
      CallGuard.refuse(call, status);
      super.onCancel();
      refused = true;
    }
  }
}
