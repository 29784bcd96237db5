package org.latentspace.audio.inlet;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.latentspace.audio.AudioFlow;
import org.latentspace.audio.sound.Input;
import org.latentspace.audio.sound.InputLines;
import org.latentspace.audio.sound.Performer;
import org.latentspace.audio.sound.Sound;
import org.latentspace.audio.wire.AudioStage;
import org.latentspace.performer.Name;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.AudioServiceGrpc;
import org.latentspace.proto.Device;
import org.latentspace.proto.Echo;
import org.latentspace.proto.ListDevicesReply;
import org.latentspace.proto.ListDevicesRequest;
import org.latentspace.proto.ListPerformersReply;
import org.latentspace.proto.ListPerformersRequest;
import org.latentspace.proto.Onset;
import org.latentspace.proto.SetTrimReply;
import org.latentspace.proto.SetTrimRequest;
import org.latentspace.proto.WatchOnsetsRequest;
import org.latentspace.wire.EchoOutlet;
import org.latentspace.wire.UnixClock;
import org.latentspace.wire.grpc.Replies;

/** gRPC service: sound that is pushed, devices and performers. */
@Singleton
public class AudioInlet extends AudioServiceGrpc.AudioServiceImplBase {
  private static final int MOST_SAMPLES = 4096;
  private static final int MOST_WATCHERS = 16;

  private final AudioFlow flow;
  private final AudioStage stage;
  private final InputLines lines;
  private final Semaphore watchers = new Semaphore(MOST_WATCHERS);

  @Inject
  AudioInlet(AudioFlow flow, AudioStage stage, InputLines lines) {
    this.flow = flow;
    this.stage = stage;
    this.lines = lines;
  }

  @Override
  public StreamObserver<AudioBlock> push(StreamObserver<Echo> response) {
    return new PushStream(response);
  }

  @Override
  public void listDevices(ListDevicesRequest request, StreamObserver<ListDevicesReply> response) {
    Replies.answer(
        response,
        () -> {
          ListDevicesReply.Builder reply = ListDevicesReply.newBuilder();
          for (InputLines.Device device : lines.devices()) {
            reply.addDevices(
                Device.newBuilder()
                    .setName(device.name())
                    .setDescription(device.description())
                    .setMaxChannels(device.channels()));
          }
          return reply.build();
        });
  }

  @Override
  public void listPerformers(
      ListPerformersRequest request, StreamObserver<ListPerformersReply> response) {
    Replies.answer(
        response,
        () -> {
          ListPerformersReply.Builder reply = ListPerformersReply.newBuilder();
          for (Performer performer : flow.performers()) {
            reply.addPerformers(
                org.latentspace.proto.Performer.newBuilder()
                    .setName(performer.name())
                    .setInput(performer.input().toString())
                    .setTrimDb(performer.trimDb())
                    .setSampleRate(performer.sampleRate())
                    .setBlocks(performer.blocks())
                    .setStatus(performer.state()));
          }
          return reply.build();
        });
  }

  @Override
  public void setTrim(SetTrimRequest request, StreamObserver<SetTrimReply> response) {
    Replies.answer(
        response,
        () -> {
          Performer performer = find(request.getPerformer());
          performer.trim(request.getTrimDb());
          return SetTrimReply.getDefaultInstance();
        },
        fault -> fault instanceof IllegalArgumentException ? Status.OUT_OF_RANGE : null);
  }

  private Performer find(String name) {
    Performer performer = flow.find(name);
    if (performer == null) {
      throw new NoSuchElementException("no performer \"" + name + "\"");
    }
    return performer;
  }

  @Override
  public void watchOnsets(WatchOnsetsRequest request, StreamObserver<Onset> response) {
    OnsetStream.begin(
        watchers,
        listener -> flow.listen(find(request.getPerformer()), listener),
        (ServerCallStreamObserver<Onset>) response);
  }

  /**
   * One caller that pushes sound, for one performer or several. Its first bad block ends the call
   * with a status that names the value; its performers are then free for the next caller.
   */
  private final class PushStream implements StreamObserver<AudioBlock> {
    private final StreamObserver<Echo> response;
    private final EchoOutlet echo;
    private final Set<Performer> played = new LinkedHashSet<>();
    private final float[] samples = new float[MOST_SAMPLES];
    private boolean over;

    PushStream(StreamObserver<Echo> response) {
      this.response = response;
      echo = new EchoOutlet(response);
    }

    @Override
    public void onNext(AudioBlock block) {
      if (over) {
        return;
      }
      String name = block.getOrigin().getPerformer();
      Performer performer = flow.find(name);
      Status status = status(block, performer);
      if (status.isOk()) {
        play(performer, block);
        return;
      }
      stage.meter().refused();
      leave();
      echo.forget();
      response.onError(status.asRuntimeException());
    }

    private Status status(AudioBlock block, Performer performer) {
      int count = block.getSamplesCount();
      int rate = block.getSampleRate();
      if (performer == null || performer.input().kind() != Input.Kind.NETWORK) {
        return Status.NOT_FOUND.withDescription(
            "origin.performer=\""
                + Name.shown(block.getOrigin().getPerformer())
                + "\": no performer with the input network");
      }
      if (count > MOST_SAMPLES || (count == 0 && !block.getOrigin().getLast())) {
        return Status.INVALID_ARGUMENT.withDescription(
            "samples: " + count + " of them, must be 1..4096 (none only with origin.last)");
      }
      if (rate < 8000 || rate > 192_000) {
        return Status.INVALID_ARGUMENT.withDescription(
            "sample_rate=" + Integer.toUnsignedString(rate) + ": must be 8000..192000");
      }
      if (!stage.echoes().claim(performer.name(), echo)) {
        return Status.ALREADY_EXISTS.withDescription(
            "origin.performer=\"" + performer.name() + "\": another caller is pushing for it");
      }
      played.add(performer);
      boolean sounding = performer.blocks() > 0 && !performer.ended();
      if (sounding && performer.sampleRate() != rate) {
        return Status.INVALID_ARGUMENT.withDescription(
            "sample_rate=" + rate + ": must stay " + performer.sampleRate() + " until origin.last");
      }
      return Status.OK;
    }

    private void play(Performer performer, AudioBlock block) {
      if (!performer.beginAnew()) {
        // It has used up audio-service.seconds: later blocks are left out.
        return;
      }
      int count = block.getSamplesCount();
      for (int i = 0; i < count; i++) {
        samples[i] = block.getSamples(i);
      }
      performer.status(Input.Status.OK);
      boolean last = block.getOrigin().getLast();
      flow.accept(
          performer, new Sound(samples, count, block.getSampleRate(), UnixClock.nanos(), last));
    }

    @Override
    public void onError(Throwable fault) {
      leave();
      echo.forget();
    }

    @Override
    public void onCompleted() {
      leave();
      echo.complete();
    }

    private void leave() {
      over = true;
      stage.echoes().release(echo);
      for (Performer performer : played) {
        if (!performer.ended()) {
          performer.status(SoundSources.NOBODY_PUSHES);
        }
      }
    }
  }
}
