package org.latentspace.explorer.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.PairFlow;
import org.latentspace.explorer.ProjectFlow;
import org.latentspace.explorer.TeachingFlow;
import org.latentspace.explorer.feature.RecentFrames;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.place.Setting;
import org.latentspace.explorer.teaching.HeldPairs.Holder;
import org.latentspace.explorer.teaching.Pair;
import org.latentspace.explorer.teaching.PairErrors;
import org.latentspace.explorer.teaching.PairLedger.PairsNow;
import org.latentspace.explorer.teaching.PairTarget;
import org.latentspace.explorer.wire.PairWire;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.performer.Name;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairReply;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.EditPairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ExportProjectRequest;
import org.latentspace.proto.ListPairsReply;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.PairsChange;
import org.latentspace.proto.Project;
import org.latentspace.proto.TrainingPair;

/**
 * What a teacher may do, whether over gRPC, from the screen or by foot; checks it before it is
 * done. Everything throws, or completes with, what {@link Call#status} makes a status of.
 */
@ApplicationScoped
public class Teacher {
  @Inject TeachingFlow flow;
  @Inject PairFlow taught;
  @Inject PairDisk disk;
  @Inject ProjectFlow projects;
  @Inject Performers performers;
  @Inject ExplorerCommands commands;

  CompletionStage<TrainingPair> add(AddPairRequest request) {
    long meanMs = Integer.toUnsignedLong(request.getMeanMs());
    if (meanMs > RecentFrames.MOST_MS) {
      throw new IllegalArgumentException(
          "mean_ms=" + meanMs + ": must be 0.." + RecentFrames.MOST_MS);
    }
    Performer performer = commands.find(request.getPerformer());
    PairTarget meaning = now(performer, request.getOutputList(), request.getFurtherList());
    return flow.teach(performer, (int) meanMs, meaning).thenApply(PairWire::pair);
  }

  BeginPairReply begin(BeginPairRequest request, Holder holder) {
    Performer performer = commands.find(request.getPerformer());
    PairTarget meaning = now(performer, request.getOutputList(), request.getFurtherList());
    flow.begin(performer, holder, meaning);
    return BeginPairReply.getDefaultInstance();
  }

  CompletionStage<TrainingPair> end(EndPairRequest request, Holder holder) {
    return end(request.getPerformer(), holder, !request.getDiscard());
  }

  /** One that is not kept has no name. */
  CompletionStage<TrainingPair> end(String name, Holder holder, boolean keep) {
    String performer = commands.find(name).name();
    TrainingPair none = TrainingPair.newBuilder().setPerformer(performer).build();
    return flow.end(performer, holder, keep)
        .thenApply(pair -> pair == null ? none : PairWire.pair(pair));
  }

  /** The holder is gone. */
  void discard(Holder holder) {
    flow.discard(holder);
  }

  /** Who calls, by the name that they give; throws where it is none. */
  static Holder caller(String name) {
    if (!name.isEmpty() && !Name.isValid(name)) {
      throw new IllegalArgumentException("holder must be " + Name.RULE + ", or empty");
    }
    return Holder.caller(name);
  }

  /** The pairs, with how they varied and how far the mapping is from them, or without that. */
  ListPairsReply list(ListPairsRequest request) {
    String performer = request.getPerformer();
    List<Pair> pairs = taught.of(performer);
    requireKnown(performer);
    ListPairsReply.Builder reply =
        ListPairsReply.newBuilder()
            .setWaiting(disk.waiting())
            .setStatus(disk.status())
            .setUndoable(taught.undoable(performer));
    for (Pair pair : pairs) {
      TrainingPair message = PairWire.pair(pair);
      reply.addPairs(
          request.getSpreads()
              ? message
              : message.toBuilder().clearSpread().clearRawDeviation().build());
    }
    Performer heard = request.getErrors() ? performers.find(performer) : null;
    if (heard != null) {
      PairErrors errors = new PairErrors(heard.taught());
      pairs.forEach(pair -> reply.addErrors(errors.of(pair)));
    }
    return reply.build();
  }

  /** What is not given is the hand's, which must have been heard for that. */
  CompletionStage<TrainingPair> edit(EditPairRequest request) {
    String name = request.getPerformer();
    requireKnown(name);
    Performer heard = performers.find(name);
    boolean whole = request.getOutputCount() > 0;
    Performer performer = whole ? heard : commands.find(name);
    Place hand = performer == null ? null : performer.hand();
    Motion motion = performer == null ? Motion.POSITION : performer.choices().get(Setting.MOTION);
    PairTarget meaning =
        PairTarget.of(place(hand, request.getOutputList(), request.getFurtherList()), motion);
    return taught.edit(name, request.getPair(), meaning).thenApply(PairWire::pair);
  }

  CompletionStage<TrainingPair> delete(DeletePairRequest request) {
    requireKnown(request.getPerformer());
    return taught.remove(request.getPerformer(), request.getPair()).thenApply(PairWire::pair);
  }

  CompletionStage<PairsChange> clear(String performer) {
    requireKnown(performer);
    return taught.clear(performer).thenApply(Teacher::change);
  }

  CompletionStage<PairsChange> undo(String performer) {
    requireKnown(performer);
    return taught.undo(performer).thenApply(Teacher::change);
  }

  ExplorerSettings audition(AuditionPairRequest request) {
    Performer performer = commands.find(request.getPerformer());
    flow.audition(performer, request.getPair());
    return commands.settings(performer);
  }

  CompletionStage<Project> exportProject(ExportProjectRequest request) {
    String performer = Name.require("performer", request.getPerformer());
    return projects
        .export(performer)
        .thenApply(all -> ProjectWire.project(performer, all, Instant.now()));
  }

  /** The answer is what was there before. */
  CompletionStage<Project> importProject(Project request) {
    String performer = Name.require("performer", request.getPerformer());
    ProjectFlow.ProjectContents contents = ProjectWire.contents(request, performers.latentSize());
    return projects
        .replace(performer, contents)
        .thenApply(all -> ProjectWire.project(performer, all, Instant.now()));
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
    if (taught.of(performer).isEmpty() && taught.undoable(performer) == 0) {
      commands.find(performer);
    }
  }

  private PairTarget now(Performer performer, List<Float> output, List<Float> further) {
    return PairTarget.of(
        place(performer.meant(), output, further), performer.choices().get(Setting.MOTION));
  }

  /**
   * The place that a request gives.
   *
   * @param otherwise gives what is not given, and the routes; null: all is given, there are none
   */
  private Place place(Place otherwise, List<Float> output, List<Float> further) {
    Place.ExtraOutputs elsewhere =
        otherwise == null ? Place.ExtraOutputs.NONE : otherwise.further();
    if (!further.isEmpty()) {
      elsewhere = SettingsWire.further(further, elsewhere.routes());
    }
    if (output.isEmpty()) {
      return otherwise.with(elsewhere);
    }
    float[] given = output(output);
    int size = given.length - 2;
    return new Place(
        Arrays.copyOf(given, size), given[size], given[size + 1], Place.Mode.SELECT, elsewhere);
  }

  private float[] output(List<Float> given) {
    int position = performers.latentSize();
    if (given.size() != position + 2) {
      throw new IllegalArgumentException(
          "output has "
              + given.size()
              + " entries, must be "
              + (position + 2)
              + ": "
              + position
              + " of the position, noise, z-ramp in ms");
    }
    float[] output = new float[given.size()];
    for (int i = 0; i < output.length; i++) {
      float most = i < position ? 1 : i == position ? Place.MOST_NOISE : Place.MOST_RAMP_MS;
      output[i] = SettingsWire.within("output[" + i + "]", given.get(i), most);
    }
    return output;
  }
}
