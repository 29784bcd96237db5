package org.latentspace.training.versions.inlet;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.latentspace.proto.Activation;
import org.latentspace.proto.CompareReply;
import org.latentspace.proto.CompareRequest;
import org.latentspace.proto.EvaluateReply;
import org.latentspace.proto.EvaluateRequest;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.LibraryRequest;
import org.latentspace.proto.ListVersionsReply;
import org.latentspace.proto.ListVersionsRequest;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelServiceGrpc;
import org.latentspace.proto.ModelVersion;
import org.latentspace.proto.RollBackRequest;
import org.latentspace.proto.VersionReply;
import org.latentspace.proto.VersionRequest;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.Page;
import org.latentspace.training.data.wire.DataWire;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.inlet.Fields;
import org.latentspace.training.inlet.StreamWriter;
import org.latentspace.training.inlet.WorkThread;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.versions.ModelNames;
import org.latentspace.training.versions.SideBySide;
import org.latentspace.training.versions.Version;
import org.latentspace.training.versions.VersionLoops;
import org.latentspace.training.versions.Versions;
import org.latentspace.training.versions.wire.VersionWire;

/**
 * The gRPC service for versions of models, their files and libraries. Every call may touch the
 * disk.
 */
@Singleton
public class ModelInlet extends ModelServiceGrpc.ModelServiceImplBase {
  static final int LARGEST_CHUNK = 256 << 10;

  private static final int MOST_UPLOADS = 2;
  private static final int MOST_EVALUATIONS = 8;
  private static final String DAMAGED = "damaged";

  @Inject Versions versions;
  @Inject VersionLoops library;

  private final WorkThread evaluating =
      new WorkThread("training-assessor", Thread.MIN_PRIORITY, MOST_EVALUATIONS);
  private final Semaphore uploads = new Semaphore(MOST_UPLOADS);

  @Override
  public void listVersions(
      ListVersionsRequest request, StreamObserver<ListVersionsReply> response) {
    Answers.answer(response, () -> list(request.getModel()));
  }

  /** Every version of a model, or of all; where there are too many, the older ones in short. */
  private ListVersionsReply list(String model) {
    ListVersionsReply.Builder reply = ListVersionsReply.newBuilder();
    int room = Page.MOST_BYTES;
    for (String each :
        model.isEmpty() ? versions.store().models() : List.of(ModelNames.model(model))) {
      for (Version version : versions.store().list(each)) {
        ModelVersion message = described(version);
        room -= message.getSerializedSize();
        reply.addVersions(room > 0 ? message : shortly(message));
      }
      versions.active(each).map(VersionWire::activation).ifPresent(reply::addActive);
    }
    return reply.build();
  }

  /** A version; one that is damaged says so in its provenance. */
  private ModelVersion described(Version version) {
    ModelVersion.Builder message = VersionWire.version(version).toBuilder();
    String fault = versions.damaged().get(version.key());
    if (fault != null) {
      message.putProvenance(DAMAGED, fault);
    }
    return message.build();
  }

  private static ModelVersion shortly(ModelVersion message) {
    ModelVersion.Builder shorter = message.toBuilder().clearScoreCardJson().clearProvenance();
    if (message.containsProvenance(DAMAGED)) {
      shorter.putProvenance(DAMAGED, message.getProvenanceOrThrow(DAMAGED));
    }
    return shorter.build();
  }

  @Override
  public void getVersion(VersionRequest request, StreamObserver<VersionReply> response) {
    Answers.answer(response, () -> reply(version(request.getModel(), request.getVersion())));
  }

  private VersionReply reply(Version version) {
    return VersionReply.newBuilder()
        .setVersion(described(version))
        .setActive(versions.plays(version.key()))
        .setScoreCardTable(SideBySide.table(version))
        .build();
  }

  @Override
  public void activate(VersionRequest request, StreamObserver<Activation> response) {
    Answers.answer(
        response,
        () ->
            VersionWire.activation(
                versions.activate(
                    versions.store().theOne(request.getModel()),
                    request.getVersion(),
                    "researcher",
                    System.currentTimeMillis())));
  }

  @Override
  public void rollBack(RollBackRequest request, StreamObserver<Activation> response) {
    Answers.answer(
        response,
        () ->
            VersionWire.activation(
                versions.rollBack(
                    versions.store().theOne(request.getModel()), System.currentTimeMillis())));
  }

  @Override
  public void download(VersionRequest request, StreamObserver<ModelChunk> response) {
    try {
      Version version = version(request.getModel(), request.getVersion());
      InputStream file = Files.newInputStream(versions.store().verified(version));
      ModelChunk description =
          ModelChunk.newBuilder().setDescription(VersionWire.version(version)).build();
      Stream<ModelChunk> data =
          Stream.generate(() -> chunk(file)).takeWhile(chunk -> !chunk.getData().isEmpty());
      StreamWriter.pour(
          response, Stream.concat(Stream.of(description), data).iterator(), () -> close(file));
    } catch (IOException broken) {
      String why = "cannot read the file of " + request.getVersion();
      response.onError(Answers.status(new UncheckedIOException(why, broken)));
    } catch (RuntimeException fault) {
      response.onError(Answers.status(fault));
    }
  }

  private static ModelChunk chunk(InputStream file) {
    try {
      ByteString data = ByteString.copyFrom(file.readNBytes(LARGEST_CHUNK));
      return ModelChunk.newBuilder().setData(data).build();
    } catch (IOException broken) {
      throw new UncheckedIOException("the file cannot be read any more", broken);
    }
  }

  private static void close(InputStream file) {
    try {
      file.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public StreamObserver<ModelChunk> upload(StreamObserver<ModelVersion> response) {
    return new UploadStream(versions, uploads, response);
  }

  @Override
  public void compare(CompareRequest request, StreamObserver<CompareReply> response) {
    Answers.answer(response, () -> compare(request));
  }

  private CompareReply compare(CompareRequest request) {
    Version a = version(request.getModel(), request.getVersionA());
    Version b = version(request.getModel(), request.getVersionB());
    SideBySide both = SideBySide.of(a, b);
    return CompareReply.newBuilder()
        .setA(described(a))
        .setB(described(b))
        .setTable(both.table())
        .setBetter(both.better())
        .build();
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<EvaluateReply> response) {
    evaluating.answer(response, () -> evaluate(request));
  }

  private EvaluateReply evaluate(EvaluateRequest request) {
    ScoreCard card =
        library.score(
            version(request.getModel(), request.getVersion()),
            Fields.in("selection", () -> DataWire.read(request.getSelection())),
            Fields.or(request.getKit(), Kits.SIX_ROBOTS));
    return EvaluateReply.newBuilder()
        .setScoreCardJson(card.json())
        .setScoreCardTable(card.table())
        .build();
  }

  @Override
  public void library(LibraryRequest request, StreamObserver<LibraryEntry> response) {
    VersionLoops.Loops loops;
    try {
      loops = loops(request);
    } catch (RuntimeException fault) {
      response.onError(Answers.status(fault));
      return;
    }
    Stream<LibraryEntry> entries =
        loops.examples().stream()
            .map(
                example ->
                    LibraryEntry.newBuilder()
                        .setId(example.song() + ":" + example.bar())
                        .setRhythm(DataWire.rhythm(example.rhythm(), loops.voices()))
                        .build());
    StreamWriter.pour(response, entries.iterator(), () -> {});
  }

  private VersionLoops.Loops loops(LibraryRequest request) {
    Optional<Version> version = versions.store().find(request.getModel(), request.getVersion());
    return library.of(
        version,
        Fields.in("grid", () -> Fields.grid(request.getGrid())),
        List.copyOf(request.getVoicesList()));
  }

  @Override
  public void deleteVersion(VersionRequest request, StreamObserver<ModelVersion> response) {
    Answers.answer(
        response,
        () ->
            VersionWire.version(
                versions.delete(
                    versions.store().theOne(request.getModel()), request.getVersion())));
  }

  @PreDestroy
  void close() {
    evaluating.shutdownNow();
  }

  private Version version(String model, String name) {
    return versions.store().get(versions.store().theOne(model), name);
  }
}
