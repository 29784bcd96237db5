package org.latentspace.training.data.inlet;

import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.latentspace.proto.ChangeReply;
import org.latentspace.proto.DataSetServiceGrpc;
import org.latentspace.proto.DeleteRequest;
import org.latentspace.proto.DescribeSelectionRequest;
import org.latentspace.proto.ExcludeRequest;
import org.latentspace.proto.GetKitRequest;
import org.latentspace.proto.GetLoopRequest;
import org.latentspace.proto.GetNoveltyRequest;
import org.latentspace.proto.GridSpec;
import org.latentspace.proto.ImportFolderRequest;
import org.latentspace.proto.ImportLabel;
import org.latentspace.proto.ImportMidiRequest;
import org.latentspace.proto.ImportReport;
import org.latentspace.proto.Kit;
import org.latentspace.proto.ListKitsReply;
import org.latentspace.proto.ListKitsRequest;
import org.latentspace.proto.ListLoopsReply;
import org.latentspace.proto.ListLoopsRequest;
import org.latentspace.proto.ListPiecesReply;
import org.latentspace.proto.ListPiecesRequest;
import org.latentspace.proto.LoopReply;
import org.latentspace.proto.Novelty;
import org.latentspace.proto.RebuildReply;
import org.latentspace.proto.RebuildRequest;
import org.latentspace.proto.SelectionDescription;
import org.latentspace.proto.TagRequest;
import org.latentspace.training.data.Browser;
import org.latentspace.training.data.Browser.Loop;
import org.latentspace.training.data.DataConfig;
import org.latentspace.training.data.DataFlow;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.Page;
import org.latentspace.training.data.Piece;
import org.latentspace.training.data.Piece.Item;
import org.latentspace.training.data.Selection;
import org.latentspace.training.data.wire.DataWire;
import org.latentspace.training.inlet.Fields;
import org.latentspace.training.inlet.WorkThread;
import org.latentspace.training.rhythm.KitMap;

/** The gRPC service for importing, browsing and selecting rhythms. */
@Singleton
public class DataSetInlet extends DataSetServiceGrpc.DataSetServiceImplBase {
  private static final int MOST_STREAMS = 4;
  private static final int MOST_ITEMS = 10_000;
  private static final int QUEUE = 64;

  private final DataFlow flow;
  private final WorkThread looking = new WorkThread("data-browse", Thread.NORM_PRIORITY, QUEUE);
  private final DataFollowers followers;
  private final DataConfig config;
  private final Semaphore streams = new Semaphore(MOST_STREAMS);

  @Inject
  DataSetInlet(DataFlow flow, DataFollowers followers, DataConfig config) {
    this.flow = flow;
    this.followers = followers;
    this.config = config;
  }

  @Override
  public StreamObserver<ImportMidiRequest> importMidi(StreamObserver<ImportReport> response) {
    return new ImportStream(response, followers.importing(), this::label, importing(), streams);
  }

  @Override
  public void importFolder(ImportFolderRequest request, StreamObserver<ImportReport> response) {
    followers
        .importing()
        .answer(
            response,
            () -> {
              MidiImport coming = importing();
              MidiImport.Label label = label(request.getLabel());
              new FolderImport(Path.of(config.importDir())).run(request.getFolder(), coming, label);
              return coming.finish();
            });
  }

  @Override
  public void getNovelty(GetNoveltyRequest request, StreamObserver<Novelty> response) {
    looking.answer(response, () -> DataWire.novelty(flow.novelty()));
  }

  @Override
  public void setNovelty(Novelty wanted, StreamObserver<Novelty> response) {
    looking.answer(
        response,
        () -> {
          flow.novelty().rule(DataWire.rule(flow.novelty().rule(), wanted));
          return DataWire.novelty(flow.novelty());
        });
  }

  @Override
  public void listPieces(ListPiecesRequest request, StreamObserver<ListPiecesReply> response) {
    looking.answer(
        response,
        () -> {
          Selection selection = DataWire.read(request.getSelection());
          Page<Piece> page =
              flow.browser().pieces(selection, request.getPageSize(), request.getPageToken());
          return ListPiecesReply.newBuilder()
              .addAllPieces(page.entries().stream().map(DataWire::summary).toList())
              .setNextPageToken(page.next())
              .setTotal(page.total())
              .build();
        });
  }

  @Override
  public void listLoops(ListLoopsRequest request, StreamObserver<ListLoopsReply> response) {
    looking.answer(
        response,
        () -> {
          var wanted = wanted(request.getSelection(), request.getGrid(), request.getKit());
          Page<Loop> page =
              flow.browser().loops(wanted, request.getPageSize(), request.getPageToken());
          return ListLoopsReply.newBuilder()
              .addAllLoops(page.entries().stream().map(DataWire::summary).toList())
              .setNextPageToken(page.next())
              .setTotal(page.total())
              .build();
        });
  }

  @Override
  public void getLoop(GetLoopRequest request, StreamObserver<LoopReply> response) {
    looking.answer(
        response,
        () -> {
          KitMap kit = kit(request.getKit());
          Item item = Item.of(request.getLoop());
          Loop loop = flow.browser().loop(item, Fields.grid(request.getGrid()), kit);
          return LoopReply.newBuilder()
              .setSummary(DataWire.summary(loop))
              .setRhythm(DataWire.rhythm(loop.example().rhythm(), kit.voices()))
              .build();
        });
  }

  @Override
  public void describeSelection(
      DescribeSelectionRequest request, StreamObserver<SelectionDescription> response) {
    looking.answer(
        response,
        () -> {
          var wanted = wanted(request.getSelection(), request.getGrid(), request.getKit());
          return DataWire.description(flow.browser().pick(wanted));
        });
  }

  @Override
  public void tag(TagRequest request, StreamObserver<ChangeReply> response) {
    change(
        response,
        () -> {
          List<Item> items = items(request.getItemsList());
          return flow.rhythms().tag(items, request.getAddList(), request.getRemoveList());
        });
  }

  @Override
  public void exclude(ExcludeRequest request, StreamObserver<ChangeReply> response) {
    change(
        response,
        () -> flow.rhythms().exclude(items(request.getItemsList()), request.getExcluded()));
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<ChangeReply> response) {
    change(
        response,
        () -> {
          items(request.getPiecesList());
          return flow.rhythms().delete(request.getPiecesList());
        });
  }

  @Override
  public void rebuildFromLog(RebuildRequest request, StreamObserver<RebuildReply> response) {
    followers.importing().answer(response, followers::rebuild);
  }

  @Override
  public void listKits(ListKitsRequest request, StreamObserver<ListKitsReply> response) {
    looking.answer(
        response,
        () ->
            ListKitsReply.newBuilder()
                .addAllKits(flow.kits().all().stream().map(DataWire::kit).toList())
                .build());
  }

  @Override
  public void getKit(GetKitRequest request, StreamObserver<Kit> response) {
    looking.answer(response, () -> DataWire.kit(flow.kits().get(request.getName())));
  }

  @Override
  public void putKit(Kit kit, StreamObserver<Kit> response) {
    looking.answer(response, () -> DataWire.kit(flow.kits().put(kit.getName(), kit.getText())));
  }

  @Override
  public void deleteKit(GetKitRequest request, StreamObserver<ChangeReply> response) {
    change(
        response,
        () -> {
          flow.kits().delete(request.getName());
          return 1;
        });
  }

  @PreDestroy
  void close() {
    looking.shutdownNow();
  }

  private void change(StreamObserver<ChangeReply> response, Callable<Integer> change) {
    looking.answer(response, () -> ChangeReply.newBuilder().setChanged(change.call()).build());
  }

  private Browser.Wanted wanted(
      org.latentspace.proto.Selection selection, GridSpec grid, String kit) {
    return new Browser.Wanted(
        DataWire.read(selection), Fields.grid(grid), kit(kit), config.minOnsets());
  }

  private MidiImport importing() {
    return new MidiImport(flow.rhythms(), config.minOnsets(), Instant.now());
  }

  private MidiImport.Label label(ImportLabel label) {
    return new MidiImport.Label(
        label.getTagsList(),
        label.getPerformer(),
        kit(label.getKit()),
        Fields.grid(label.getGrid()));
  }

  private KitMap kit(String name) {
    return flow.kits().named(name.isEmpty() ? Kits.GENERAL_MIDI : name);
  }

  private static List<Item> items(List<String> written) {
    if (written.isEmpty() || written.size() > MOST_ITEMS) {
      throw new IllegalArgumentException(
          "name 1 to " + MOST_ITEMS + " items, not " + written.size());
    }
    return written.stream().map(Item::of).toList();
  }
}
