package org.latentspace.explorer.inlet;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.PairWire;
import org.latentspace.explorer.ProjectFlow;
import org.latentspace.explorer.TeachingFlow;
import org.latentspace.explorer.heard.RecentFrames;
import org.latentspace.explorer.place.Choices;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Route;
import org.latentspace.explorer.teaching.Meaning;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairsNow;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.EditPairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ListPairsReply;
import org.latentspace.proto.PairsChange;
import org.latentspace.proto.Project;
import org.latentspace.proto.TrainingPair;

/**
 * What a teacher may do, whether over gRPC, from the screen or by foot; checks it before it is
 * done. Everything throws, or completes with, what {@link #status} makes a status of.
 */
@ApplicationScoped
public class Teacher {

  @Inject TeachingFlow flow;
  @Inject ProjectFlow projects;
  @Inject Performers performers;
  @Inject Hands hands;

  CompletionStage<TrainingPair> add(AddPairRequest request) {
    long meanMs = Integer.toUnsignedLong(request.getMeanMs());
    if (meanMs > RecentFrames.MOST_MS) {
      throw Status.OUT_OF_RANGE
          .withDescription("mean_ms=" + meanMs + ": must be 0.." + RecentFrames.MOST_MS)
          .asRuntimeException();
    }
    Performer performer = hands.find(request.getPerformer());
    Meaning meaning =
        meaning(request.getOutputList(), request.getFurtherList(), performer, performer.meant());
    return flow.teach(performer, (int) meanMs, meaning).thenApply(PairWire::pair);
  }

  void begin(BeginPairRequest request) {
    Performer performer = hands.find(request.getPerformer());
    flow.begin(
        performer,
        meaning(request.getOutputList(), request.getFurtherList(), performer, performer.meant()));
  }

  /** One that is not kept has no name. */
  CompletionStage<TrainingPair> end(EndPairRequest request) {
    String performer = hands.find(request.getPerformer()).name();
    TrainingPair none = TrainingPair.newBuilder().setPerformer(performer).build();
    return flow.end(performer, !request.getDiscard())
        .thenApply(pair -> pair == null ? none : PairWire.pair(pair));
  }

  ListPairsReply list(String performer) {
    List<Pair> pairs = flow.taught(performer);
    requireKnown(performer);
    ListPairsReply.Builder reply =
        ListPairsReply.newBuilder()
            .setWaiting(flow.waiting())
            .setWeather(flow.weather())
            .setUndoable(flow.undoable(performer));
    pairs.forEach(pair -> reply.addPairs(PairWire.pair(pair)));
    return reply.build();
  }

  /** The outputs that are not given are those of the hand, which must have been seen then. */
  CompletionStage<TrainingPair> edit(EditPairRequest request) {
    String name = request.getPerformer();
    requireKnown(name);
    boolean ofNow = request.getOutputCount() == 0;
    Performer performer = ofNow ? hands.find(name) : performers.find(name);
    Place hand = performer == null ? null : performer.hand();
    Meaning meaning = meaning(request.getOutputList(), request.getFurtherList(), performer, hand);
    return flow.edit(name, request.getPair(), meaning).thenApply(PairWire::pair);
  }

  CompletionStage<TrainingPair> delete(DeletePairRequest request) {
    requireKnown(request.getPerformer());
    return flow.forget(request.getPerformer(), request.getPair()).thenApply(PairWire::pair);
  }

  CompletionStage<PairsChange> clear(String performer) {
    requireKnown(performer);
    return flow.clear(performer).thenApply(Teacher::change);
  }

  CompletionStage<PairsChange> undo(String performer) {
    requireKnown(performer);
    return flow.undo(performer).thenApply(Teacher::change);
  }

  ExplorerSettings audition(AuditionPairRequest request) {
    Performer performer = hands.find(request.getPerformer());
    flow.audition(performer, request.getPair());
    return hands.settings(performer);
  }

  CompletionStage<Project> exportProject(String performer) {
    requireName(performer);
    return projects.export(performer).thenApply(json -> project(performer, json));
  }

  /** The answer is what was there before. */
  CompletionStage<Project> importProject(Project request) {
    String performer = request.getPerformer();
    requireName(performer);
    return projects
        .replace(performer, request.getJson().toByteArray())
        .exceptionallyCompose(fault -> CompletableFuture.failedStage(wrong(fault)))
        .thenApply(json -> project(performer, json));
  }

  private static void requireName(String performer) {
    if (!Decoding.isName(performer)) {
      throw Status.INVALID_ARGUMENT
          .withDescription("performer must be 1..64 characters of [A-Za-z0-9_-]")
          .asRuntimeException();
    }
  }

  private static Throwable wrong(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause instanceof IllegalArgumentException) {
      return Status.INVALID_ARGUMENT.withDescription(cause.getMessage()).asRuntimeException();
    }
    return cause instanceof IllegalStateException
        ? Status.UNAVAILABLE.withDescription(cause.getMessage()).asRuntimeException()
        : cause;
  }

  private static Project project(String performer, byte[] json) {
    return Project.newBuilder()
        .setPerformer(performer)
        .setJson(UnsafeByteOperations.unsafeWrap(json))
        .build();
  }

  private static PairsChange change(PairsNow now) {
    return PairsChange.newBuilder()
        .setChange(now.change())
        .setPairs(now.pairs())
        .setUndoable(now.undoable())
        .build();
  }

  /** Who has nothing must at least have been heard. */
  private void requireKnown(String performer) {
    if (flow.taught(performer).isEmpty() && flow.undoable(performer) == 0) {
      hands.find(performer);
    }
  }

  /**
   * What a pair shall mean.
   *
   * @param output as given; empty: those of the place
   * @param further as given; empty: those of the performer
   * @param performer null if it was never heard
   */
  private Meaning meaning(
      List<Float> output, List<Float> further, Performer performer, Place place) {
    Choices choices = performer == null ? performers.usual() : performer.choices();
    List<String> names = choices.routes().stream().map(Route::name).toList();
    float[] outputs = output.isEmpty() ? Meaning.outputs(place) : output(output);
    return Meaning.of(outputs, further(further, names, place), names, choices.motion());
  }

  private static float[] further(List<Float> given, List<String> names, Place place) {
    if (!given.isEmpty() && given.size() != names.size()) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "further has "
                  + given.size()
                  + " entries, must be "
                  + names.size()
                  + ", one for each route")
          .asRuntimeException();
    }
    float[] further = new float[names.size()];
    for (int i = 0; i < further.length; i++) {
      further[i] =
          given.isEmpty()
              ? place == null ? 0 : place.further().value(names.get(i), 0)
              : Hands.within("further[" + i + "]", given.get(i), 1);
    }
    return further;
  }

  private float[] output(List<Float> given) {
    int position = performers.latentSize();
    if (given.size() != position + 2) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "output has "
                  + given.size()
                  + " entries, must be "
                  + (position + 2)
                  + ": "
                  + position
                  + " of the position, noise, z-ramp in ms")
          .asRuntimeException();
    }
    float[] output = new float[given.size()];
    for (int i = 0; i < output.length; i++) {
      float most = i < position ? 1 : i == position ? Place.MOST_NOISE : Place.MOST_RAMP_MS;
      output[i] = Hands.within("output[" + i + "]", given.get(i), most);
    }
    return output;
  }

  /** What the caller is told. */
  static StatusRuntimeException status(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause instanceof StatusRuntimeException known) {
      return known;
    }
    if (cause instanceof Refusal refusal) {
      Status status =
          switch (refusal.kind()) {
            case UNKNOWN -> Status.NOT_FOUND;
            case NO_ROOM -> Status.RESOURCE_EXHAUSTED;
            case NOT_YET -> Status.FAILED_PRECONDITION;
            case WEATHER -> Status.UNAVAILABLE;
          };
      return status.withDescription(refusal.getMessage()).asRuntimeException();
    }
    return Status.INTERNAL.withDescription(cause.toString()).asRuntimeException();
  }
}
