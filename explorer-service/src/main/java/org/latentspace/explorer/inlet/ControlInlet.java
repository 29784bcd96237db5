package org.latentspace.explorer.inlet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.latentspace.explorer.outlet.LearnedControls;
import org.latentspace.installation.ControlPart;
import org.latentspace.installation.InstallationFault;
import org.latentspace.installation.InstallationFile;
import org.latentspace.proto.ControlServiceGrpc;
import org.latentspace.proto.ForgetControlRequest;
import org.latentspace.proto.LearnRequest;
import org.latentspace.proto.ListControlsReply;
import org.latentspace.proto.MappedControl;

/** The gRPC door of those who map controls. */
@Singleton
public class ControlInlet implements BindableService {
  private static final int MOST_SECONDS = 120;
  private static final int SECONDS = 30;

  @Inject Controls controls;
  @Inject LearnedControls learned;

  @Override
  public ServerServiceDefinition bindService() {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(ControlServiceGrpc.getServiceDescriptor());
    calls().forEach(call -> call.addTo(service));
    return service.build();
  }

  private List<Call<?, ?>> calls() {
    return List.of(
        Call.reply(ControlServiceGrpc.getListControlsMethod(), request -> list()),
        Call.later(ControlServiceGrpc.getLearnMethod(), this::learn),
        Call.later(ControlServiceGrpc.getForgetControlMethod(), this::forget),
        Call.later(ControlServiceGrpc.getReloadInstallationMethod(), request -> reload()));
  }

  private ListControlsReply list() {
    ListControlsReply.Builder reply = ListControlsReply.newBuilder().setStatus(controls.status());
    controls.ofTheFile().forEach(control -> reply.addControls(ControlWire.message("", control)));
    controls.learned().forEach((id, each) -> reply.addControls(ControlWire.message(id, each)));
    return reply.build();
  }

  private CompletionStage<ListControlsReply> forget(ForgetControlRequest request) {
    learned.forget(request.getId());
    return controls.mapAnew().thenApply(mapped -> list());
  }

  private CompletionStage<ListControlsReply> reload() {
    try {
      return controls.reload().thenApply(mapped -> list());
    } catch (InstallationFault fault) {
      throw wrong(fault);
    }
  }

  private static StatusRuntimeException wrong(InstallationFault fault) {
    return Status.INVALID_ARGUMENT.withDescription(fault.getMessage()).asRuntimeException();
  }

  private CompletionStage<MappedControl> learn(LearnRequest request) {
    MappedControl wanted = request.getControl();
    int seconds = request.getSeconds() == 0 ? SECONDS : request.getSeconds();
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "seconds=" + Integer.toUnsignedString(seconds) + ": must be 0.." + MOST_SECONDS);
    }
    if (wanted.hasOn() || !wanted.getOsc().isEmpty()) {
      throw new IllegalArgumentException("control.on and control.osc must be left out");
    }
    // All that can be wrong with it is said before anybody presses.
    MappedControl pressedAny =
        wanted.toBuilder()
            .setMidiIn(wanted.getMidiIn().isBlank() ? "any" : wanted.getMidiIn())
            .setOn(org.latentspace.proto.MidiKey.newBuilder().setNote(0))
            .build();
    check(ControlWire.entry(pressedAny));
    return controls
        .nextKey(wanted.getMidiIn(), seconds)
        .exceptionallyCompose(fault -> CompletableFuture.failedStage(late(fault, seconds)))
        .thenCompose(pressed -> keep(request, pressed));
  }

  private ControlPart check(ObjectNode entry) {
    try {
      return InstallationFile.control(entry.toString(), controls.installation());
    } catch (InstallationFault fault) {
      throw wrong(fault);
    }
  }

  private static Throwable late(Throwable fault, int seconds) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    return cause instanceof TimeoutException || fault instanceof TimeoutException
        ? Status.DEADLINE_EXCEEDED
            .withDescription("nothing was pressed within " + seconds + " s")
            .asRuntimeException()
        : fault;
  }

  private CompletionStage<MappedControl> keep(
      LearnRequest request, ControlLearner.Pressed pressed) {
    org.latentspace.proto.MidiKey key = ControlWire.key(pressed.key());
    MappedControl.Builder found =
        request.getControl().toBuilder().setMidiIn(pressed.midiIn()).setOn(key);
    if (request.getFeedback()) {
      found.setFeedback(key);
    }
    ObjectNode entry = ControlWire.entry(found.build());
    ControlPart control = check(entry);
    Stream.concat(controls.ofTheFile().stream(), controls.learned().values().stream())
        .filter(each -> isSame(each, control))
        .findAny()
        .ifPresent(
            each -> {
              throw Status.ALREADY_EXISTS
                  .withDescription(each.source() + " does " + each.action().word() + " already")
                  .asRuntimeException();
            });
    String id = learned.add(entry);
    return controls.mapAnew().thenApply(mapped -> ControlWire.message(id, control));
  }

  private static boolean isSame(ControlPart one, ControlPart other) {
    return one.key() != null
        && one.key().note() == other.key().note()
        && one.key().number() == other.key().number()
        && (one.key().channel() == 0 || one.key().channel() == other.key().channel())
        && other
            .midiIn()
            .toLowerCase(java.util.Locale.ROOT)
            .contains(one.midiIn().toLowerCase(java.util.Locale.ROOT));
  }
}
