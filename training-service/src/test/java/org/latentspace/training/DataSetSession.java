package org.latentspace.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;
import org.latentspace.proto.DataSetServiceGrpc;
import org.latentspace.proto.DeleteRequest;
import org.latentspace.proto.DescribeSelectionRequest;
import org.latentspace.proto.ExcludeRequest;
import org.latentspace.proto.GetKitRequest;
import org.latentspace.proto.GetLoopRequest;
import org.latentspace.proto.GridSpec;
import org.latentspace.proto.ImportFolderRequest;
import org.latentspace.proto.ImportLabel;
import org.latentspace.proto.ImportMidiRequest;
import org.latentspace.proto.ImportReport;
import org.latentspace.proto.Kit;
import org.latentspace.proto.ListKitsRequest;
import org.latentspace.proto.ListLoopsReply;
import org.latentspace.proto.ListLoopsRequest;
import org.latentspace.proto.ListPiecesReply;
import org.latentspace.proto.ListPiecesRequest;
import org.latentspace.proto.LoopReply;
import org.latentspace.proto.RebuildRequest;
import org.latentspace.proto.Selection;
import org.latentspace.proto.TagRequest;
import org.latentspace.training.data.BuiltIn;

/** What a researcher does with the data set, from import to the last deleted piece. */
final class DataSetSession {
  private static final String TAG = "session";

  private final ManagedChannel channel;
  private final DataSetServiceGrpc.DataSetServiceBlockingStub data;

  DataSetSession(ManagedChannel channel) {
    this.channel = channel;
    data = DataSetServiceGrpc.newBlockingStub(channel).withDeadlineAfter(40, TimeUnit.SECONDS);
  }

  void importsAStreamOfFiles() throws Exception {
    List<BuiltIn.MidiFile> files = BuiltIn.files();
    CompletableFuture<ImportReport> report = new CompletableFuture<>();
    StreamObserver<ImportMidiRequest> stream =
        DataSetServiceGrpc.newStub(channel).importMidi(observer(report));
    stream.onNext(
        ImportMidiRequest.newBuilder()
            .setLabel(
                ImportLabel.newBuilder().addTags(TAG).setPerformer("robot").setKit("six-robots"))
            .build());
    for (BuiltIn.MidiFile file : files.subList(0, 12)) {
      int half = file.bytes().length / 2;
      stream.onNext(part(file.name(), file.bytes(), 0, half));
      stream.onNext(part(file.name(), file.bytes(), half, file.bytes().length));
    }
    stream.onNext(part("broken.mid", new byte[] {1, 2, 3}, 0, 3));
    byte[] large = new byte[1 << 20];
    for (int i = 0; i < 5; i++) {
      stream.onNext(part("large.mid", large, 0, large.length));
    }
    // More messages than any queue holds: the stream is heard no faster than it is worked on.
    for (int i = 0; i < 500; i++) {
      stream.onNext(part("dust.mid", large, i, i + 1));
    }
    stream.onCompleted();
    ImportReport done = report.get(30, TimeUnit.SECONDS);
    assertEquals(15, done.getFiles());
    assertEquals(12, done.getPiecesAdded() + done.getPiecesKnown());
    assertEquals(3, done.getFilesSkipped());
    assertTrue(done.getSkipped(0).startsWith("broken.mid: not a MIDI file"), done.getSkipped(0));
    assertEquals("large.mid: larger than 4 MB", done.getSkipped(1));
    assertEquals(0, done.getNotesUnmapped());
    assertEquals(84, done.getLoops() + done.getLoopsTooFewOnsets());
    assertEquals(96, done.getBarsByMetreOrThrow("4/4"));
  }

  void browsesTagsExcludesAndDeletes() {
    ListPiecesReply pieces =
        data.listPieces(
            ListPiecesRequest.newBuilder().setSelection(tagged(TAG)).setPageSize(5).build());
    assertEquals(12, pieces.getTotal());
    assertEquals(5, pieces.getPiecesCount());
    String piece = pieces.getPieces(0).getPiece();
    assertEquals("robot", pieces.getPieces(0).getPerformer());
    ListLoopsReply loops =
        data.listLoops(
            ListLoopsRequest.newBuilder()
                .setSelection(Selection.newBuilder().addPieces(piece))
                .setGrid(GridSpec.newBuilder().setBars(1))
                .setKit("six-robots")
                .build());
    assertEquals(8, loops.getTotal());
    String loop = loops.getLoops(3).getLoop();
    LoopReply shown = data.getLoop(GetLoopRequest.newBuilder().setLoop(loop).build());
    assertEquals(shown.getSummary().getOnsets(), shown.getRhythm().getStepCount());
    assertEquals(2, shown.getRhythm().getBars());
    data.tag(TagRequest.newBuilder().addItems(loop).addAdd("fine").build());
    assertEquals(1, describe(tagged("fine")));
    data.exclude(ExcludeRequest.newBuilder().addItems(piece).setExcluded(true).build());
    assertEquals(0, describe(tagged("fine")));
    data.exclude(ExcludeRequest.newBuilder().addItems(piece).build());
    assertEquals(1, data.delete(DeleteRequest.newBuilder().addPieces(piece).build()).getChanged());
    assertRefused(
        Status.Code.NOT_FOUND,
        piece,
        () -> data.delete(DeleteRequest.newBuilder().addPieces(piece).build()));
  }

  void makesAKit() {
    Kit kit = Kit.newBuilder().setName("session").setText("boom = 36\ntick = 42 46").build();
    assertEquals(kit, data.putKit(kit));
    assertEquals(kit, data.getKit(GetKitRequest.newBuilder().setName("session").build()));
    assertTrue(data.listKits(ListKitsRequest.getDefaultInstance()).getKitsCount() >= 4);
    data.deleteKit(GetKitRequest.newBuilder().setName("session").build());
    assertRefused(
        Status.Code.NOT_FOUND,
        "there are general-midi",
        () -> data.getKit(GetKitRequest.newBuilder().setName("session").build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "'tick'",
        () -> data.putKit(kit.toBuilder().setText("boom = 36\ntick").build()));
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        "comes with the product",
        () -> data.putKit(kit.toBuilder().setName("six-robots").build()));
  }

  void isToldWhatWouldBeRight() {
    assertRefused(
        Status.Code.NOT_FOUND,
        "training-service.import-dir",
        () -> data.importFolder(ImportFolderRequest.newBuilder().setFolder("nowhere").build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "bars is 3",
        () ->
            data.describeSelection(
                DescribeSelectionRequest.newBuilder()
                    .setGrid(GridSpec.newBuilder().setBars(3))
                    .build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "source 'tape'",
        () ->
            data.listPieces(
                ListPiecesRequest.newBuilder()
                    .setSelection(Selection.newBuilder().addSources("tape"))
                    .build()));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        "piece:bar",
        () -> data.getLoop(GetLoopRequest.newBuilder().setLoop("../x").build()));
    assertEquals(0, data.rebuildFromLog(RebuildRequest.getDefaultInstance()).getPiecesAdded());
  }

  /** The names of the services, as a client asks that knows no contract. */
  static void findsTheServiceByReflection(Channel channel) {
    MethodDescriptor.Marshaller<byte[]> bytes = new BytesMarshaller();
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder(bytes, bytes)
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName("grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
            .build();
    CompletableFuture<byte[]> names = new CompletableFuture<>();
    StreamObserver<byte[]> ask =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(method, CallOptions.DEFAULT), observer(names));
    // Field 7, list_services, an empty text.
    ask.onNext(new byte[] {0x3A, 0});
    ask.onCompleted();
    String text = new String(names.orTimeout(20, TimeUnit.SECONDS).join(), StandardCharsets.UTF_8);
    assertTrue(text.contains("latentspace.v1.DataSetService"), text);
  }

  private int describe(Selection selection) {
    return data.describeSelection(
            DescribeSelectionRequest.newBuilder()
                .setSelection(selection)
                .setGrid(GridSpec.newBuilder().setBars(1))
                .build())
        .getLoops();
  }

  private static Selection tagged(String tag) {
    return Selection.newBuilder().addTags(tag).build();
  }

  private static ImportMidiRequest part(String name, byte[] bytes, int from, int to) {
    return ImportMidiRequest.newBuilder()
        .setName(name)
        .setMidi(ByteString.copyFrom(bytes, from, to - from))
        .build();
  }

  private static void assertRefused(Status.Code code, String words, Executable call) {
    StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, call);
    assertEquals(code, refusal.getStatus().getCode(), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  private static <T> StreamObserver<T> observer(CompletableFuture<T> first) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        first.complete(value);
      }

      @Override
      public void onError(Throwable failed) {
        first.completeExceptionally(failed);
      }

      @Override
      public void onCompleted() {
        first.completeExceptionally(new AssertionError("no answer"));
      }
    };
  }

  /** Leaves messages as they are. */
  private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
