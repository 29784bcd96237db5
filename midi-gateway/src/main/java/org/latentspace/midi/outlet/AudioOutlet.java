package org.latentspace.midi.outlet;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latentspace.midi.calibration.CalibrationFit;
import org.latentspace.midi.calibration.Calibrator;
import org.latentspace.proto.AudioServiceGrpc;
import org.latentspace.proto.Onset;
import org.latentspace.proto.WatchOnsetsRequest;
import org.latentspace.wire.NeighbourLine;
import org.latentspace.wire.UnixClock;

/** Listens through audio-service. */
public final class AudioOutlet implements Calibrator.Microphone, AutoCloseable {
  private static final int MOST_ONSETS = 4096;

  private final NeighbourLine audio;

  /** Calls nobody yet. */
  public AudioOutlet(String host, int port) {
    audio = new NeighbourLine("audio-service", host, port);
  }

  @Override
  public Calibrator.Listening listen(String performer) {
    OnsetStream stream = new OnsetStream();
    WatchOnsetsRequest request = WatchOnsetsRequest.newBuilder().setPerformer(performer).build();
    AudioServiceGrpc.newStub(audio.channel()).watchOnsets(request, stream);
    return stream;
  }

  /** Calls that are under way are given up. */
  @Override
  public void close() {
    audio.close();
  }

  private final class OnsetStream
      implements ClientResponseObserver<WatchOnsetsRequest, Onset>, Calibrator.Listening {
    private final List<CalibrationFit.Onset> onsets = new CopyOnWriteArrayList<>();
    // Unix time against the time of strokes, once for all: the wall clock may be set meanwhile.
    private final long unixNanos = UnixClock.nanos() - System.nanoTime();
    private volatile ClientCallStreamObserver<WatchOnsetsRequest> call;
    private volatile Status end;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchOnsetsRequest> request) {
      call = request;
    }

    @Override
    public void onNext(Onset onset) {
      if (onsets.size() < MOST_ONSETS) {
        long nanos = onset.getCapturedNanos() - unixNanos;
        onsets.add(new CalibrationFit.Onset(nanos, onset.getLevelDbfs(), onset.getRiseDb()));
      }
    }

    @Override
    public void onError(Throwable fault) {
      Status status = Status.fromThrowable(fault);
      end = status.withDescription(audio + ": " + status.getDescription());
    }

    @Override
    public void onCompleted() {
      end = Status.UNAVAILABLE.withDescription(audio + ": it has stopped to listen");
    }

    @Override
    public List<CalibrationFit.Onset> heard() {
      if (end != null) {
        throw end.asRuntimeException();
      }
      return List.copyOf(onsets);
    }

    @Override
    public void close() {
      call.cancel("not needed any more", null);
    }
  }
}
