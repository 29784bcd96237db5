package org.latentspace.wire.grpc;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * Lets work that waits in a queue before it changes something see whether its caller still waits
 * for it: a call that ran out of time is repeated, and must not have been carried out.
 */
public final class ThisCall {
  private static final Context.Key<BooleanSupplier> GIVEN_UP = Context.key("given-up");

  private ThisCall() {}

  /** Does something on behalf of a call, so that what it asks for can look for the caller. */
  public static <T> T on(StreamObserver<?> caller, Callable<T> work) throws Exception {
    return Context.current().withValue(GIVEN_UP, () -> isGivenUp(caller)).call(work);
  }

  /** Whether the caller has hung up or run out of time. */
  public static boolean isGivenUp(StreamObserver<?> caller) {
    return caller instanceof ServerCallStreamObserver<?> call && call.isCancelled();
  }

  /**
   * Says, now or later and on any thread, whether the caller on whose behalf this thread works has
   * given up; false where it works for none.
   */
  public static BooleanSupplier givenUp() {
    BooleanSupplier known = GIVEN_UP.get();
    return known == null ? () -> false : known;
  }
}
