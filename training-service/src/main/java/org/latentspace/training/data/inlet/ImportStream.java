package org.latentspace.training.data.inlet;

import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.latentspace.proto.ImportLabel;
import org.latentspace.proto.ImportMidiRequest;
import org.latentspace.proto.ImportReport;
import org.latentspace.training.inlet.RequestStream;
import org.latentspace.training.midi.MidiFileReader;

/** One stream of MIDI files, each in one or more messages; it holds one file at a time. */
final class ImportStream extends RequestStream<ImportMidiRequest, ImportReport> {
  private final Function<ImportLabel, MidiImport.Label> labels;
  private final MidiImport coming;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private MidiImport.Label label;
  private String name;
  private MidiImport.Label fileLabel;
  private boolean tooLarge;

  /**
   * @param room how many streams may bring files in at the same time
   */
  ImportStream(
      StreamObserver<ImportReport> response,
      Executor worker,
      Function<ImportLabel, MidiImport.Label> labels,
      MidiImport coming,
      Semaphore room) {
    super(response, worker, room, "too many streams bring files in already; try again later");
    this.labels = labels;
    this.coming = coming;
  }

  @Override
  protected void take(ImportMidiRequest request) {
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
      file.writeBytes(request.getMidi().toByteArray());
    }
  }

  @Override
  protected ImportReport finish() {
    endFile();
    return coming.finish();
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
}
