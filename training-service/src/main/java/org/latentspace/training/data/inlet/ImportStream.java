package org.latentspace.training.data.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.latentspace.proto.ImportLabel;
import org.latentspace.proto.ImportMidiRequest;
import org.latentspace.proto.ImportReport;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.midi.MidiFileReader;
import org.latentspace.training.storage.NoRoom;

/**
 * One stream of MIDI files. A message is asked for when the one before has been worked on, so that
 * a stream holds one message and one file, however fast it is sent.
 */
final class ImportStream implements StreamObserver<ImportMidiRequest> {
  private final ServerCallStreamObserver<ImportReport> response;
  private final Executor worker;
  private final Function<ImportLabel, MidiImport.Label> labels;
  private final MidiImport coming;
  private final Semaphore room;
  private final AtomicBoolean over = new AtomicBoolean();
  private MidiImport.Label label;
  private String name;
  private MidiImport.Label fileLabel;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private boolean tooLarge;

  /**
   * Reads from the response's call, or refuses it where there is no room.
   *
   * @param room how many streams may bring files in at the same time
   */
  ImportStream(
      StreamObserver<ImportReport> response,
      Executor worker,
      Function<ImportLabel, MidiImport.Label> labels,
      MidiImport coming,
      Semaphore room) {
    this.response = (ServerCallStreamObserver<ImportReport>) response;
    this.worker = worker;
    this.labels = labels;
    this.coming = coming;
    this.room = room;
    this.response.disableAutoRequest();
    if (room.tryAcquire()) {
      this.response.setOnCancelHandler(this::end);
      this.response.request(1);
    } else {
      over.set(true);
      response.onError(
          Answers.status(new NoRoom("too many streams bring files in already; try again later")));
    }
  }

  @Override
  public void onNext(ImportMidiRequest request) {
    work(
        () -> {
          take(request);
          response.request(1);
        });
  }

  @Override
  public void onError(Throwable gone) {
    end();
  }

  @Override
  public void onCompleted() {
    work(
        () -> {
          endFile();
          ImportReport report = coming.finish();
          if (end()) {
            response.onNext(report);
            response.onCompleted();
          }
        });
  }

  private void work(Runnable task) {
    try {
      worker.execute(
          () -> {
            try {
              if (!over.get()) {
                task.run();
              }
            } catch (RuntimeException failed) {
              fail(failed);
            }
          });
    } catch (RejectedExecutionException full) {
      fail(new NoRoom("too many imports at once; try again later"));
    }
  }

  private void take(ImportMidiRequest request) {
    if (request.hasLabel() || label == null) {
      label = labels.apply(request.getLabel());
    }
    if (request.getName().isEmpty() && request.getMidi().isEmpty()) {
      return;
    }
    if (!request.getName().equals(name)) {
      endFile();
      name = request.getName();
      fileLabel = label;
    }
    tooLarge |= file.size() + request.getMidi().size() > MidiFileReader.LARGEST_FILE;
    if (!tooLarge) {
      try {
        request.getMidi().writeTo(file);
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private void endFile() {
    if (name == null) {
      return;
    }
    if (tooLarge) {
      coming.skip(name, "larger than 4 MB");
    } else {
      coming.file(name, file.toByteArray(), fileLabel);
    }
    file.reset();
    tooLarge = false;
    name = null;
  }

  private void fail(RuntimeException failed) {
    if (end()) {
      response.onError(Answers.status(failed));
    }
  }

  /** Whether it was going on until now. */
  private boolean end() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      room.release();
    }
    return first;
  }
}
