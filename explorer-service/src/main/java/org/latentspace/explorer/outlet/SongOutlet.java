package org.latentspace.explorer.outlet;

import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.latentspace.explorer.control.Parameter;
import org.latentspace.explorer.outlet.PointOutlet.VaeStubs;
import org.latentspace.explorer.wire.ParameterWire;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Target;
import org.latentspace.proto.Decoding;
import org.latentspace.proto.EnsembleStatus;
import org.latentspace.proto.GetDecodingRequest;
import org.latentspace.proto.GetRecordingRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.KeepHeardReply;
import org.latentspace.proto.KeepHeardRequest;
import org.latentspace.proto.ListEnsemblesReply;
import org.latentspace.proto.ListEnsemblesRequest;
import org.latentspace.proto.ListRobotsReply;
import org.latentspace.proto.ListRobotsRequest;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.Recording;
import org.latentspace.proto.ReloadInstallationRequest;
import org.latentspace.proto.Robot;
import org.latentspace.proto.SetRobotRequest;
import org.latentspace.proto.TapRequest;
import org.latentspace.proto.Transport;

/**
 * Sets what lies beyond explorer-service, by vae-service: the clock, ensembles, robots and how
 * performers are decoded; and remembers what these were when they were last asked.
 */
@ApplicationScoped
public class SongOutlet {
  private final PointOutlet vae;
  private final Map<Parameter, Object> values = new ConcurrentHashMap<>();
  private volatile List<String> ensembles = List.of();
  private volatile List<String> robots = List.of();

  @Inject
  public SongOutlet(PointOutlet vae) {
    this.vae = vae;
  }

  /** Whether it is of what lies beyond explorer-service. */
  public boolean isOf(Parameter parameter) {
    return parameter.target() != Target.PERFORMER
        || ParameterWire.has(Decoding.getDefaultInstance(), parameter.action());
  }

  /** As it was when it was last asked; null: never. */
  public Object value(Parameter parameter) {
    return values.get(parameter);
  }

  /** Names of the ensembles when they were last asked. */
  public List<String> ensembles() {
    return ensembles;
  }

  public List<String> robots() {
    return robots;
  }

  /**
   * Sets it; completes when that is done.
   *
   * @param value as {@link Parameter#checked} gives it
   */
  public CompletionStage<?> set(Parameter parameter, Object value) {
    Action action = parameter.action();
    String name = parameter.name();
    if (action == Action.KEEP_HEARD) {
      return keepHeard(name, (Double) value);
    }
    return switch (parameter.target()) {
      case PERFORMER -> {
        Decoding.Builder wanted = Decoding.newBuilder().setPerformer(name);
        ParameterWire.set(wanted, action, value);
        yield this.<Decoding>ask((to, answer) -> to.vae().setDecoding(wanted.build(), answer))
            .thenAccept(now -> note(Target.PERFORMER, name, now));
      }
      case ROBOT -> {
        SetRobotRequest.Builder wanted = SetRobotRequest.newBuilder().setRobot(name);
        ParameterWire.set(wanted, action, value);
        yield this.<Robot>ask((to, answer) -> to.gateway().setRobot(wanted.build(), answer))
            .thenAccept(now -> note(Target.ROBOT, name, now));
      }
      default -> setSong(parameter, value);
    };
  }

  private CompletionStage<?> keepHeard(String ensemble, double bars) {
    KeepHeardRequest wanted =
        KeepHeardRequest.newBuilder()
            .setSource("robot")
            .setEnsemble(ensemble)
            .setBars((int) Math.round(bars))
            .build();
    return this.<KeepHeardReply>ask((to, answer) -> to.gateway().keepHeard(wanted, answer));
  }

  private CompletionStage<?> setSong(Parameter parameter, Object value) {
    Action action = parameter.action();
    if (action == Action.RECORD) {
      Recording wanted = ParameterWire.set(Recording.newBuilder(), action, value).build();
      return this.<Recording>ask((to, answer) -> to.gateway().setRecording(wanted, answer))
          .thenAccept(now -> note(Target.SONG, "", now));
    }
    Transport.Builder wanted = Transport.newBuilder().setEnsemble(parameter.name());
    if (ParameterWire.has(wanted, action)) {
      ParameterWire.set(wanted, action, value);
    }
    return this.<Transport>ask(
            (to, answer) -> {
              switch (action) {
                case TAP -> to.vae().tap(TapRequest.getDefaultInstance(), answer);
                case PANIC -> to.vae().panic(PanicRequest.getDefaultInstance(), answer);
                default -> to.vae().setTransport(wanted.build(), answer);
              }
            })
        .thenAccept(now -> note(parameter.target(), parameter.name(), now));
  }

  /** Asks for its value; fails where it cannot be had. */
  public CompletionStage<Object> ask(Parameter parameter) {
    return ask(parameter.target(), parameter.name()).thenApply(done -> values.get(parameter));
  }

  private CompletionStage<Void> ask(Target target, String name) {
    return switch (target) {
      case PERFORMER -> {
        GetDecodingRequest of = GetDecodingRequest.newBuilder().setPerformer(name).build();
        yield this.<Decoding>ask((to, answer) -> to.vae().getDecoding(of, answer))
            .thenAccept(now -> note(target, name, now));
      }
      case ROBOT -> askRobots();
      case ENSEMBLE -> askTransport(target, name);
      case SONG -> {
        GetRecordingRequest recording = GetRecordingRequest.getDefaultInstance();
        yield this.<Recording>ask((to, answer) -> to.gateway().getRecording(recording, answer))
            .thenAccept(now -> note(target, name, now))
            .thenCombine(askTransport(target, name), (one, other) -> null);
      }
    };
  }

  private CompletionStage<Void> askTransport(Target target, String name) {
    GetTransportRequest of = GetTransportRequest.newBuilder().setEnsemble(name).build();
    return this.<Transport>ask((to, answer) -> to.vae().getTransport(of, answer))
        .thenAccept(now -> note(target, name, now));
  }

  private CompletionStage<Void> askRobots() {
    ListRobotsRequest all = ListRobotsRequest.getDefaultInstance();
    return this.<ListRobotsReply>ask((to, answer) -> to.gateway().listRobots(all, answer))
        .thenAccept(
            reply -> {
              reply.getRobotsList().forEach(robot -> note(Target.ROBOT, robot.getRobot(), robot));
              robots = reply.getRobotsList().stream().map(Robot::getRobot).toList();
            });
  }

  /** Asks for all values; completes when they are there, and where some cannot be had as well. */
  public CompletionStage<Void> refresh(List<String> performers) {
    ListEnsemblesRequest all = ListEnsemblesRequest.getDefaultInstance();
    List<CompletionStage<Void>> asked = new ArrayList<>();
    asked.add(askRobots());
    performers.forEach(performer -> asked.add(ask(Target.PERFORMER, performer)));
    asked.add(
        this.<ListEnsemblesReply>ask((to, answer) -> to.gateway().listEnsembles(all, answer))
            .thenCompose(
                reply -> {
                  ensembles =
                      reply.getEnsemblesList().stream().map(EnsembleStatus::getEnsemble).toList();
                  return all(ensembles.stream().map(e -> ask(Target.ENSEMBLE, e)).toList());
                }));
    asked.add(ask(Target.SONG, ""));
    return all(asked);
  }

  private static CompletionStage<Void> all(List<CompletionStage<Void>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(stage -> stage.exceptionally(away -> null).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** midi-gateway reads the installation's file anew. */
  public CompletionStage<?> reloadInstallation() {
    ReloadInstallationRequest now = ReloadInstallationRequest.getDefaultInstance();
    return this.<ListEnsemblesReply>ask(
        (to, answer) -> to.gateway().reloadInstallation(now, answer));
  }

  private <A> CompletionStage<A> ask(BiConsumer<VaeStubs, StreamObserver<A>> question) {
    return vae.ask(question);
  }

  private void note(Target target, String name, com.google.protobuf.Message now) {
    for (Parameter parameter : Parameter.all(target, List.of(name))) {
      if (ParameterWire.has(now, parameter.action())) {
        values.put(parameter, ParameterWire.get(now, parameter.action()));
      }
    }
    boolean isTransport = now instanceof Transport;
    if (isTransport && target != Target.SONG) {
      note(Target.SONG, "", now);
    }
  }
}
