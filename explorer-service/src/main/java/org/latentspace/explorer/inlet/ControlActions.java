package org.latentspace.explorer.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.latentspace.explorer.PresetFlow;
import org.latentspace.explorer.control.Parameter;
import org.latentspace.explorer.outlet.SongOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place;
import org.latentspace.explorer.teaching.HeldPairs.Holder;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.explorer.wire.ParameterWire;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Kind;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.SendRequest;
import org.latentspace.proto.TrainingPair;

/**
 * Does what controls do, whether pads, pedals or OSC bring it. Throws, or completes with, what
 * {@link Call#status} makes a status of.
 */
@ApplicationScoped
public class ControlActions {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  @Inject SongOutlet song;
  @Inject ExplorerCommands commands;
  @Inject Performers performers;
  @Inject PresetFlow presets;
  @Inject Teacher teacher;
  @Inject MappingTeacher mappings;

  // The pair that a performer has auditioned last.
  private final Map<String, String> auditioned = new ConcurrentHashMap<>();
  // What is being set beyond this service, with the newest value that waits behind it.
  private final Map<Parameter, Waiting> underWay = new ConcurrentHashMap<>();

  /** Null: nothing waits. */
  private record Waiting(Double newest) {}

  /**
   * Who does it.
   *
   * @param holder of a pair that is held
   * @param meanMs 0..10000 of sound that a pair is taken over
   */
  record Hand(Holder holder, int meanMs) {}

  /** Does it once: a switch turns over, a choice goes on; the rest is done. */
  CompletionStage<?> press(Parameter parameter, Hand hand) {
    Kind kind = parameter.action().kind();
    if (kind != Kind.SWITCH && kind != Kind.CHOICE) {
      return set(parameter, Boolean.TRUE, hand);
    }
    return song.isOf(parameter)
        ? song.ask(parameter).thenCompose(now -> song.set(parameter, parameter.next(now)))
        : set(parameter, parameter.next(value(parameter)), hand);
  }

  /**
   * Sets it; what takes no value is done.
   *
   * @param value as {@link Parameter#checked} gives it
   */
  CompletionStage<?> set(Parameter parameter, Object value, Hand hand) {
    if (song.isOf(parameter)) {
      return value instanceof Double number
          ? newest(parameter, number)
          : song.set(parameter, value);
    }
    String performer = parameter.name();
    switch (parameter.action()) {
      case PRESET -> presets.recall(commands.find(performer), (String) value, 0);
      case NEXT_PRESET -> presets.recallNext(commands.find(performer), 1);
      case PREVIOUS_PRESET -> presets.recallNext(commands.find(performer), -1);
      case X, Y, NOISE, Z_RAMP_MS -> place(parameter, (Double) value);
      case SEND -> commands.send(SendRequest.newBuilder().setPerformer(performer).build());
      case HOLD, ADD, UNDO, CLEAR, FIT, AUDITION -> {
        return teach(parameter.action(), performer, value, hand);
      }
      default -> {
        ExplorerSettings.Builder change = ExplorerSettings.newBuilder().setPerformer(performer);
        commands.choose(ParameterWire.set(change, parameter.action(), value).build());
      }
    }
    return DONE;
  }

  /** One value at a time is under way; of those that come meanwhile the newest follows. */
  private CompletionStage<?> newest(Parameter parameter, Double value) {
    Waiting before =
        underWay.compute(parameter, (key, now) -> new Waiting(now == null ? null : value));
    return before.newest() == null ? send(parameter, value) : DONE;
  }

  private CompletionStage<?> send(Parameter parameter, Double value) {
    return song.set(parameter, value)
        .whenComplete(
            (done, fault) -> {
              Double[] behind = new Double[1];
              underWay.computeIfPresent(
                  parameter,
                  (key, now) -> {
                    behind[0] = now.newest();
                    return now.newest() == null ? null : new Waiting(null);
                  });
              if (behind[0] != null) {
                send(parameter, behind[0]);
              }
            });
  }

  private void place(Parameter parameter, double value) {
    Place hand = commands.find(parameter.name()).hand();
    PlaceRequest.Builder place = PlaceRequest.newBuilder().setPerformer(parameter.name());
    for (float entry : hand.position()) {
      place.addPosition(entry);
    }
    switch (parameter.action()) {
      case X -> place.setPosition(0, (float) value);
      case Y -> place.setPosition(1, (float) value);
      case NOISE -> place.setNoise((float) value);
      default -> place.setZRampMs((float) value);
    }
    commands.place(place.build());
  }

  private CompletionStage<?> teach(Action action, String performer, Object value, Hand hand) {
    switch (action) {
      case HOLD -> {
        if (Boolean.FALSE.equals(value)) {
          return teacher.end(performer, hand.holder(), true);
        }
        teacher.begin(BeginPairRequest.newBuilder().setPerformer(performer).build(), hand.holder());
      }
      case UNDO -> {
        return teacher.undo(performer);
      }
      case CLEAR -> {
        return teacher.clear(performer);
      }
      case FIT -> mappings.fit(performer);
      case AUDITION -> auditionNext(performer);
      default -> {
        return teacher.add(
            AddPairRequest.newBuilder().setPerformer(performer).setMeanMs(hand.meanMs()).build());
      }
    }
    return DONE;
  }

  private void auditionNext(String performer) {
    List<TrainingPair> pairs =
        teacher.list(ListPairsRequest.newBuilder().setPerformer(performer).build()).getPairsList();
    if (pairs.isEmpty()) {
      throw new Refusal(Refusal.Kind.NOT_YET, "performer " + performer + " has no pairs");
    }
    String before = auditioned.getOrDefault(performer, "");
    int next = 0;
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).getPair().equals(before)) {
        next = (i + 1) % pairs.size();
      }
    }
    String name = pairs.get(next).getPair();
    teacher.audition(
        AuditionPairRequest.newBuilder().setPerformer(performer).setPair(name).build());
    auditioned.put(performer, name);
  }

  /** The holder is gone: what it held is discarded. */
  void discard(Holder holder) {
    teacher.discard(holder);
  }

  /** The value now, as far as it is known here; null: it is not, or there is none. */
  Object value(Parameter parameter) {
    if (song.isOf(parameter)) {
      return song.value(parameter);
    }
    Performer performer = performers.find(parameter.name());
    if (performer == null) {
      return null;
    }
    return switch (parameter.action()) {
      case PRESET -> presets.recalled(performer.name());
      // As it was written: 0.9f is a little less than nine tenths.
      case X -> Double.valueOf(Float.toString(performer.hand().x()));
      case Y -> Double.valueOf(Float.toString(performer.hand().y()));
      default -> {
        ExplorerSettings now = SettingsWire.settings(performer.name(), performer.choices());
        boolean known = ParameterWire.has(now, parameter.action());
        yield known ? ParameterWire.get(now, parameter.action()) : null;
      }
    };
  }
}
