package org.latentspace.explorer.inlet;

import io.grpc.stub.ServerCallStreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.latentspace.explorer.FitFlow;
import org.latentspace.explorer.MappingFlow;
import org.latentspace.explorer.mapping.FitSettings;
import org.latentspace.explorer.mapping.TaughtMapping.Fitted;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.teaching.FitOrder.FitStatus;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.wire.MappingWire;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.MappingNetwork;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Name;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.FitProgress;
import org.latentspace.proto.FitState;
import org.latentspace.proto.GetMappingRequest;
import org.latentspace.proto.ListMappingsReply;
import org.latentspace.proto.ListMappingsRequest;
import org.latentspace.proto.Mapping;
import org.latentspace.proto.MappingVersion;
import org.latentspace.proto.UseMappingRequest;

/** What a teacher may do with mappings, over gRPC or from the screen; checks it before. */
@ApplicationScoped
public class MappingTeacher {
  /** Room for the newest mappings in one reply: gRPC takes 4 MB. */
  private static final int MOST_REPLY_BYTES = 3 << 20;

  @Inject FitFlow fits;
  @Inject MappingFlow mappings;
  @Inject PairBook pairs;
  @Inject ExplorerCommands commands;

  /** To be called within the call's own method. */
  void fit(FitPairsRequest request, ServerCallStreamObserver<FitProgress> answer) {
    FitAnswers answers = new FitAnswers(answer);
    try {
      require(request.getPerformer());
      FitSettings settings =
          request.hasSettings() ? MappingWire.settings(request.getSettings()) : null;
      answers.begun.complete(fits.fit(request.getPerformer(), settings, answers));
    } catch (RuntimeException no) {
      answers.accept(FitStatus.refused(no));
    }
  }

  /** Begins a fit that nobody waits for; what comes of it is seen in the echo. */
  void fit(String performer) {
    require(performer);
    fits.fit(performer);
  }

  /** Newest first; old ones for which one message has no room are left out. */
  CompletionStage<ListMappingsReply> list(ListMappingsRequest request) {
    String performer = request.getPerformer();
    require(performer);
    return mappings
        .list(performer)
        .thenApply(
            all -> {
              ListMappingsReply.Builder reply =
                  ListMappingsReply.newBuilder().setPlaying(mappings.playingVersion(performer));
              int bytes = 0;
              for (Fitted fitted : all) {
                bytes += fitted.record().length;
                if (bytes <= MOST_REPLY_BYTES || reply.getMappingsCount() == 0) {
                  reply.addMappings(MappingWire.message(fitted));
                }
              }
              return reply.build();
            });
  }

  CompletionStage<MappingVersion> use(UseMappingRequest request) {
    require(request.getPerformer());
    return mappings
        .use(request.getPerformer(), request.getVersion())
        .thenApply(MappingWire::message);
  }

  /** The network that the performer's point follows. */
  Mapping network(GetMappingRequest request) {
    return message(commands.find(request.getPerformer()));
  }

  /** Lets the performer's point follow a network. */
  Mapping set(Mapping request) {
    Performer performer = commands.find(request.getPerformer());
    try {
      MappingNetwork network = FlucomaJson.read(request.getFlucomaJson());
      performer.follow(network);
      mappings.byHand(performer.name(), network);
    } catch (ModelFault e) {
      throw new IllegalArgumentException("flucoma_json " + e.getMessage(), e);
    }
    return message(performer);
  }

  private static Mapping message(Performer performer) {
    return Mapping.newBuilder()
        .setPerformer(performer.name())
        .setFlucomaJson(FlucomaJson.write(performer.taught().network()))
        .build();
  }

  /** Says so if this performer was never heard and has nothing. */
  private void require(String performer) {
    if (!Name.isValid(performer) || (pairs.of(performer).isEmpty() && !mappings.knows(performer))) {
      commands.find(performer);
    }
  }

  /** Tells one caller how a fit goes; a caller that goes away takes the fit back. */
  private static final class FitAnswers implements Consumer<FitStatus> {
    private final ServerCallStreamObserver<FitProgress> answer;
    // How the fit is taken back.
    private final CompletableFuture<Runnable> begun = new CompletableFuture<>();

    /** To be made within the call's own method. */
    FitAnswers(ServerCallStreamObserver<FitProgress> answer) {
      this.answer = answer;
      answer.setOnCancelHandler(() -> begun.thenAccept(Runnable::run));
    }

    /** What a slow caller misses of a running fit is followed by newer news. */
    @Override
    public void accept(FitStatus status) {
      if (status.refusal() != null) {
        answer.onError(Call.status(status.refusal()));
      } else if (status.isEnd()) {
        answer.onNext(progress(status));
        answer.onCompleted();
      } else if (status.state() == FitStatus.State.WAITING || answer.isReady()) {
        answer.onNext(progress(status));
      }
    }

    private static FitProgress progress(FitStatus status) {
      FitProgress.Builder news = FitProgress.newBuilder().setMessage(status.message());
      switch (status.state()) {
        case WAITING -> news.setState(FitState.FIT_STATE_WAITING);
        case RUNNING ->
            news.setState(FitState.FIT_STATE_RUNNING)
                .setEpoch(status.epoch())
                .setEpochs(status.epochs())
                .setLoss(status.loss());
        case DONE -> {
          MappingVersion version = MappingWire.message(status.fitted());
          news.setState(FitState.FIT_STATE_DONE).setVersion(version).setLoss(version.getLoss());
          news.setEpoch(version.getEpochs()).setEpochs(version.getEpochs());
        }
        default -> news.setState(FitState.FIT_STATE_FAILED);
      }
      return news.build();
    }
  }
}
