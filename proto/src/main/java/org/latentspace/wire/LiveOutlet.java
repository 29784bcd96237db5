package org.latentspace.wire;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.latentspace.proto.Origin;

/**
 * Sends values to the right-hand neighbour and hears its echo, and never waits for it.
 *
 * <pre>
 *   offer ---ready----> stream ----> neighbour
 *     |                   ^  |
 *     +-not ready-> newest|  +----> echo ----> consumer
 *          (one a performer) on ready
 * </pre>
 *
 * <p>While the stream is not ready the newest value of each performer waits; the one that it
 * displaces is dropped and counted. A lost neighbour is redialled after 50 ms, then at most every
 * {@value #LONGEST_PAUSE_MS} ms. The stream is opened by {@link #start}, not by the first value.
 *
 * <p>Thread-safe. One thread sends at a time, what others have offered meanwhile, too; no lock is
 * held while it does, as the neighbour may be in this process and may call back.
 */
public final class LiveOutlet<T, E> implements AutoCloseable {
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
  private final MethodDescriptor<T, E> method;
  private final Function<T, Origin> origin;
  private final Consumer<E> echo;
  private final Consumer<String> onDrop;
  private final ScheduledExecutorService dialler;
  private final LongAdder sent = new LongAdder();
  private final LongAdder redials = new LongAdder();

  private final Object lock = new Object();
  // Guarded by lock.
  private ClientCallStreamObserver<T> stream;
  // The performer who has waited longest first.
  private final Map<String, T> newest = new LinkedHashMap<>();
  private final ArrayDeque<T> lossless = new ArrayDeque<>();
  private boolean sending;
  private boolean met;
  private int pauseMs = FIRST_PAUSE_MS;

  private volatile boolean closed;
  private volatile boolean answered;
  private volatile String status;

  /**
   * @param neighbour its service name, for thread names and messages
   * @param method the neighbour's, of two streams
   * @param origin whose value it is
   * @param echo called on the live thread: must return at once
   * @param onDrop is told the performer of each value that is dropped: must return at once
   */
  public LiveOutlet(
      String neighbour,
      String host,
      int port,
      MethodDescriptor<T, E> method,
      Function<T, Origin> origin,
      Consumer<E> echo,
      Consumer<String> onDrop) {
    this.neighbour = neighbour;
    this.channel = NeighbourLine.live(host, port);
    this.method = method;
    this.origin = origin;
    this.echo = echo;
    this.onDrop = onDrop;
    this.status = neighbour + " not called yet";
    this.dialler =
        Executors.newSingleThreadScheduledExecutor(
            new DefaultThreadFactory("dial-" + neighbour, true));
  }

  /** Opens the stream and keeps it open until {@link #close}. */
  public void start() {
    dialler.execute(this::dial);
  }

  /**
   * Sends the value if the stream is ready, else keeps it as the newest of its performer.
   *
   * @return false when the value waits for the stream, and so may be dropped for a newer one
   */
  public boolean offer(T value) {
    String performer = origin.apply(value).getPerformer();
    synchronized (lock) {
      drop(newest.put(performer, value));
    }
    sendWaiting();
    synchronized (lock) {
      return newest.get(performer) != value;
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
      if (stream == null && (met || lossless.size() >= MOST_EARLY)) {
        drop(value);
        return false;
      }
      lossless.add(value);
    }
    sendWaiting();
    return true;
  }

  /** Sends what waits, as far as the stream is ready, unless another thread does. */
  private void sendWaiting() {
    while (true) {
      ClientCallStreamObserver<T> to;
      T value;
      synchronized (lock) {
        to = stream;
        value = next();
      }
      if (value == null) {
        return;
      }
      try {
        to.onNext(value);
        sent.increment();
      } finally {
        sentOn(to);
      }
    }
  }

  private void sentOn(ClientCallStreamObserver<T> to) {
    synchronized (lock) {
      sending = false;
      if (closed) {
        to.onCompleted();
      }
    }
  }

  private void drop(T value) {
    if (value != null) {
      onDrop.accept(origin.apply(value).getPerformer());
    }
  }

  private T next() {
    if (sending || stream == null) {
      return null;
    }
    T value = lossless.poll();
    if (value == null && !newest.isEmpty() && stream.isReady()) {
      value = newest.remove(newest.keySet().iterator().next());
    }
    sending = value != null;
    return value;
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
      if (stream != null && !sending) {
        stream.onCompleted();
      }
      stream = null;
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

  private void dial() {
    if (!closed) {
      channel.resetConnectBackoff();
      CallOptions call = CallOptions.DEFAULT.withOnReadyThreshold(READY_THRESHOLD_BYTES);
      ClientCalls.asyncBidiStreamingCall(channel.newCall(method, call), new Conversation());
    }
  }

  private void redial(Conversation ended, String why) {
    synchronized (lock) {
      if (closed || ended.over) {
        return;
      }
      ended.over = true;
      stream = null;
      if (met) {
        lossless.forEach(this::drop);
        lossless.clear();
      }
      status = neighbour + (met ? " is gone: " : " does not answer yet: ") + why;
      redials.increment();
      pauseMs = answered ? FIRST_PAUSE_MS : pauseMs;
      answered = false;
      dialler.schedule(this::dial, pauseMs, TimeUnit.MILLISECONDS);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  }

  private void ready(ClientCallStreamObserver<T> call) {
    synchronized (lock) {
      if (stream != call && !closed) {
        stream = call;
        status = "ok";
        met = true;
      }
    }
    sendWaiting();
  }

  /** One call to the neighbour, from dialling to its end. */
  private final class Conversation implements ClientResponseObserver<T, E> {
    private boolean over;

    @Override
    public void beforeStart(ClientCallStreamObserver<T> request) {
      request.setOnReadyHandler(() -> ready(request));
    }

    @Override
    public void onNext(E value) {
      // Only a neighbour that answers is worth an eager redial.
      answered = true;
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
