package org.latentspace.wire.kept;

import java.util.concurrent.CompletableFuture;

/**
 * A value on its way to the disk.
 *
 * @param bytes that it takes there
 * @param kept who wants to know when it is there; null if nobody does
 */
record Pending(String key, byte[] value, int bytes, CompletableFuture<Void> kept) {
  /** Tells that it is on the disk, or why it is not. */
  void tell(Weather whyNot) {
    if (kept == null) {
      return;
    }
    if (whyNot == null) {
      kept.complete(null);
    } else {
      kept.completeExceptionally(whyNot);
    }
  }
}
