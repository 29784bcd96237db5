package org.latentspace.wire;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Sends values to the right-hand neighbour and hears its echo, and never waits for it.
 *
 * <pre>
 *   offer ---ready----> stream ----> neighbour
 *     |                   ^  |
 *     +-not ready-> newest|  +----> echo ----> consumer
 *                   (one) +- on ready
 * </pre>
 *
 * <p>While the stream is not ready the newest value waits alone; the one that it displaces is
 * dropped and counted. A lost neighbour is redialled after 50 ms, then at most every {@value
 * #LONGEST_PAUSE_MS} ms. The stream is opened by {@link #start}, not by the first value.
 */
public final class LiveOutlet<T, E> implements AutoCloseable {
  /**
   * Opens the call with a plain asynchronous stub that has {@code
   * withOnReadyThreshold(READY_THRESHOLD_BYTES)}.
   */
  public interface Opener<T, E> {
    StreamObserver<T> open(ManagedChannel channel, StreamObserver<E> echo);
  }

  /**
   * Bytes that may wait in the stream before it counts as not ready. The default of 32 KiB would
   * hide 186 ms of sound; this is about three blocks of 1024 samples.
   */
  public static final int READY_THRESHOLD_BYTES = 12 * 1024;

  private static final int FIRST_PAUSE_MS = 50;
  private static final int LONGEST_PAUSE_MS = 500;
  private static final int MOST_EARLY = 4096;

  private final String neighbour;
  private final ManagedChannel channel;
  private final Opener<T, E> opener;
  private final Consumer<E> echo;
  private final ScheduledExecutorService dialler;
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder redials = new LongAdder();

  private final Object lock = new Object();
  // Guarded by lock, as gRPC's stream observers are not safe for several threads.
  private ClientCallStreamObserver<T> stream;
  private T newest;
  private final ArrayDeque<T> early = new ArrayDeque<>();
  private boolean met;
  private int pauseMs = FIRST_PAUSE_MS;
  private boolean closed;
  private volatile String status;

  /**
   * @param neighbour its service name, for thread names and messages
   * @param echo called on the connection's own thread: must return at once
   */
  public LiveOutlet(
      String neighbour, String host, int port, Opener<T, E> opener, Consumer<E> echo) {
    this(neighbour, NeighbourLine.dialling(host, port).directExecutor().build(), opener, echo);
  }

  LiveOutlet(String neighbour, ManagedChannel channel, Opener<T, E> opener, Consumer<E> echo) {
    this.neighbour = neighbour;
    this.channel = channel;
    this.opener = opener;
    this.echo = echo;
    this.status = neighbour + " not called yet";
    this.dialler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "dial-" + neighbour);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Opens the stream and keeps it open until {@link #close}. */
  public void start() {
    dialler.execute(this::dial);
  }

  /**
   * Sends the value if the stream is ready, else keeps it as the newest.
   *
   * @return false when the value waits, and so may be dropped for a newer one
   */
  public boolean offer(T value) {
    synchronized (lock) {
      keep(value);
      if (stream == null || !stream.isReady()) {
        return false;
      }
      sendKept();
      return true;
    }
  }

  /**
   * Sends a value of a lossless stream. What waits in the stream is bounded by the sender at the
   * far left, which sends no more than a window of blocks ahead of their echoes. Before the
   * neighbour has answered for the first time, values wait in order: services start in any order.
   *
   * @return false when the stream to the neighbour is gone: the run cannot be whole any more
   */
  public boolean offerLossless(T value) {
    synchronized (lock) {
      if (stream != null) {
        send(value);
        return true;
      }
      if (!met && early.size() < MOST_EARLY) {
        early.add(value);
        return true;
      }
      dropped.increment();
      return false;
    }
  }

  /** True while the neighbour has a stream open and nothing waits. */
  public boolean isReady() {
    synchronized (lock) {
      return stream != null && stream.isReady();
    }
  }

  public long sent() {
    return sent.sum();
  }

  public long dropped() {
    return dropped.sum();
  }

  /** How often the neighbour had to be called again. */
  public long redials() {
    return redials.sum();
  }

  /** "ok", or what is wrong with the neighbour. */
  public String status() {
    return status;
  }

  public boolean isConnected() {
    return "ok".equals(status);
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (stream != null) {
        stream.onCompleted();
        stream = null;
      }
    }
    dialler.shutdownNow();
    channel.shutdown();
    try {
      if (!channel.awaitTermination(200, TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void send(T value) {
    stream.onNext(value);
    sent.increment();
  }

  private void keep(T value) {
    if (newest != null) {
      dropped.increment();
    }
    newest = value;
  }

  private void dial() {
    synchronized (lock) {
      if (closed) {
        return;
      }
    }
    channel.resetConnectBackoff();
    opener.open(channel, new Conversation());
  }

  private void redial(Conversation ended, String why) {
    synchronized (lock) {
      if (closed || ended.over) {
        return;
      }
      ended.over = true;
      stream = null;
      status = neighbour + (met ? " is gone: " : " does not answer yet: ") + why;
      redials.increment();
      dialler.schedule(this::dial, pauseMs, TimeUnit.MILLISECONDS);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  }

  private void sendNewest(ClientCallStreamObserver<T> ready) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      if (stream != ready) {
        stream = ready;
        status = "ok";
        met = true;
        while (!early.isEmpty()) {
          send(early.remove());
        }
      }
      if (newest != null && stream.isReady()) {
        sendKept();
      }
    }
  }

  private void sendKept() {
    T value = newest;
    newest = null;
    send(value);
  }

  /** One call to the neighbour, from dialling to its end. */
  private final class Conversation implements ClientResponseObserver<T, E> {
    private boolean over;

    @Override
    public void beforeStart(ClientCallStreamObserver<T> request) {
      request.setOnReadyHandler(() -> sendNewest(request));
    }

    @Override
    public void onNext(E value) {
      synchronized (lock) {
        // Only a neighbour that answers is worth an eager redial.
        pauseMs = FIRST_PAUSE_MS;
      }
      echo.accept(value);
    }

    @Override
    public void onError(Throwable fault) {
      redial(this, Status.fromThrowable(fault).getCode().toString());
    }

    @Override
    public void onCompleted() {
      redial(this, "it ended the stream");
    }
  }
}
