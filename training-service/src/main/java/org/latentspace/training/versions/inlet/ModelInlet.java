package org.latentspace.training.versions.inlet;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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
import org.latentspace.training.data.inlet.Selections;
import org.latentspace.training.inlet.Answers;
import org.latentspace.training.inlet.Fields;
import org.latentspace.training.inlet.StreamWriter;
import org.latentspace.training.score.ScoreCard;
import org.latentspace.training.versions.Evaluator;
import org.latentspace.training.versions.LoopLibrary;
import org.latentspace.training.versions.SideBySide;
import org.latentspace.training.versions.Version;
import org.latentspace.training.versions.Versions;
import org.latentspace.training.versions.wire.VersionWire;

/**
 * The gRPC service for versions of models, their files and libraries. Every call may touch the
 * disk.
 */
@GrpcService
public class ModelInlet extends ModelServiceGrpc.ModelServiceImplBase {
  private static final int MOST_UPLOADS = 2;

  @Inject Versions versions;
  @Inject Evaluator assessor;
  @Inject LoopLibrary library;

  private final Semaphore uploads = new Semaphore(MOST_UPLOADS);

  @Override
  public void listVersions(
      ListVersionsRequest request, StreamObserver<ListVersionsReply> response) {
    Answers.answer(response, () -> VersionLists.list(versions, request.getModel()));
  }

  @Override
  public void getVersion(VersionRequest request, StreamObserver<VersionReply> response) {
    Answers.answer(response, () -> reply(version(request.getModel(), request.getVersion())));
  }

  private VersionReply reply(Version version) {
    boolean active =
        versions
            .active(version.model())
            .filter(plays -> plays.version().equals(version.name()))
            .isPresent();
    return VersionReply.newBuilder()
        .setVersion(VersionLists.version(versions, version))
        .setActive(active)
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
    FileChunks chunks;
    try {
      Version version = version(request.getModel(), request.getVersion());
      chunks = new FileChunks(VersionWire.version(version), versions.store().verified(version));
    } catch (RuntimeException fault) {
      response.onError(Answers.status(fault));
      return;
    }
    StreamWriter.pour(response, chunks, chunks::close);
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
        .setA(VersionLists.version(versions, a))
        .setB(VersionLists.version(versions, b))
        .setTable(both.table())
        .setBetter(both.better())
        .build();
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<EvaluateReply> response) {
    Answers.answer(response, () -> evaluate(request));
  }

  private EvaluateReply evaluate(EvaluateRequest request) {
    Evaluator.Data data =
        new Evaluator.Data(
            Fields.in("selection", () -> Selections.read(request.getSelection())),
            Fields.or(request.getKit(), Kits.SIX_ROBOTS));
    ScoreCard card = assessor.assess(version(request.getModel(), request.getVersion()), data);
    return EvaluateReply.newBuilder()
        .setScoreCardJson(card.json())
        .setScoreCardTable(card.table())
        .build();
  }

  @Override
  public void library(LibraryRequest request, StreamObserver<LibraryEntry> response) {
    LibraryEntries entries;
    try {
      entries = new LibraryEntries(loops(request));
    } catch (RuntimeException fault) {
      response.onError(Answers.status(fault));
      return;
    }
    StreamWriter.pour(response, entries, () -> {});
  }

  private LoopLibrary.Loops loops(LibraryRequest request) {
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

  private Version version(String model, String name) {
    return versions.store().get(versions.store().theOne(model), name);
  }
}
