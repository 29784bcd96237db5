package org.latentspace.explorer.inlet;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.ClearPairsRequest;
import org.latentspace.proto.DeletePairRequest;
import org.latentspace.proto.EditPairRequest;
import org.latentspace.proto.EndPairRequest;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ExportProjectRequest;
import org.latentspace.proto.FitPairsRequest;
import org.latentspace.proto.GetSensitivityRequest;
import org.latentspace.proto.GetSettingsRequest;
import org.latentspace.proto.GetTransportRequest;
import org.latentspace.proto.ListMappingsRequest;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.PanicRequest;
import org.latentspace.proto.PlaceRequest;
import org.latentspace.proto.PlayTrajectoryRequest;
import org.latentspace.proto.PresetRequest;
import org.latentspace.proto.Project;
import org.latentspace.proto.SendRequest;
import org.latentspace.proto.TrajectoryRequest;
import org.latentspace.proto.Transport;
import org.latentspace.proto.UndoRequest;
import org.latentspace.proto.UseMappingRequest;

/**
 * The screen's calls: those of the gRPC services, with their messages as JSON (protobuf's own
 * mapping), one line for each answer. Only for this server's own page, like {@link Screen}'s.
 */
@ApplicationScoped
public class PageCalls {
  private static final int MOST_BODY_BYTES = 64 << 10;

  @Inject @GrpcService ExplorerInlet explorer;
  @Inject @GrpcService TeachingInlet teaching;
  @Inject PageRequests requests;
  @Inject PageHolds holds;

  void open(@Observes Router router) {
    call(router, "AddPair", AddPairRequest::newBuilder, teaching::addPair);
    call(router, "BeginPair", BeginPairRequest::newBuilder, holds::begin);
    call(router, "EndPair", EndPairRequest::newBuilder, holds::end);
    call(router, "ListPairs", ListPairsRequest::newBuilder, teaching::listPairs);
    call(router, "EditPair", EditPairRequest::newBuilder, teaching::editPair);
    call(router, "DeletePair", DeletePairRequest::newBuilder, teaching::deletePair);
    call(router, "ClearPairs", ClearPairsRequest::newBuilder, teaching::clearPairs);
    call(router, "Undo", UndoRequest::newBuilder, teaching::undo);
    call(router, "AuditionPair", AuditionPairRequest::newBuilder, teaching::auditionPair);
    call(router, "Fit", FitPairsRequest::newBuilder, teaching::fit);
    call(router, "ListMappings", ListMappingsRequest::newBuilder, teaching::listMappings);
    call(router, "UseMapping", UseMappingRequest::newBuilder, teaching::useMapping);
    call(router, "ExportProject", ExportProjectRequest::newBuilder, teaching::exportProject);
    requests.post(router, "/api/call/ImportProject", ProjectWire.MOST_BYTES, this::importProject);
    settings(router);
  }

  private void settings(Router router) {
    call(router, "GetSettings", GetSettingsRequest::newBuilder, explorer::getSettings);
    call(router, "SetSettings", ExplorerSettings::newBuilder, explorer::setSettings);
    call(router, "Send", SendRequest::newBuilder, explorer::send);
    call(router, "Place", PlaceRequest::newBuilder, explorer::place);
    call(router, "GetSensitivity", GetSensitivityRequest::newBuilder, explorer::getSensitivity);
    call(router, "GetTransport", GetTransportRequest::newBuilder, explorer::getTransport);
    call(router, "SetTransport", Transport::newBuilder, explorer::setTransport);
    call(router, "Panic", PanicRequest::newBuilder, explorer::panic);
    call(router, "StorePreset", PresetRequest::newBuilder, explorer::storePreset);
    call(router, "RecallPreset", PresetRequest::newBuilder, explorer::recallPreset);
    call(router, "DeletePreset", PresetRequest::newBuilder, explorer::deletePreset);
    call(router, "ListPresets", PresetRequest::newBuilder, explorer::listPresets);
    call(router, "RecordTrajectory", TrajectoryRequest::newBuilder, explorer::recordTrajectory);
    call(router, "PlayTrajectory", PlayTrajectoryRequest::newBuilder, explorer::playTrajectory);
    call(router, "StopTrajectory", TrajectoryRequest::newBuilder, explorer::stopTrajectory);
    call(router, "DeleteTrajectory", TrajectoryRequest::newBuilder, explorer::deleteTrajectory);
    call(router, "ListTrajectories", TrajectoryRequest::newBuilder, explorer::listTrajectories);
  }

  private <Q extends Message, A extends Message> void call(
      Router router,
      String name,
      Supplier<? extends Message.Builder> request,
      BiConsumer<Q, StreamObserver<A>> deed) {
    requests.post(
        router,
        "/api/call/" + name,
        MOST_BODY_BYTES,
        call -> run(body(call), request.get(), deed, new PageAnswer<>(call)));
  }

  /** A project takes its time to be read: not on the thread that serves the pages. */
  private void importProject(RoutingContext call) {
    PageAnswer<Project> answer = new PageAnswer<>(call);
    String body = body(call);
    call.vertx()
        .executeBlocking(
            () -> {
              run(body, Project.newBuilder(), teaching::importProject, answer);
              return null;
            },
            false);
  }

  private static String body(RoutingContext call) {
    String body = call.body().asString();
    return body == null || body.isEmpty() ? "{}" : body;
  }

  private static <Q extends Message, A extends Message> void run(
      String body,
      Message.Builder request,
      BiConsumer<Q, StreamObserver<A>> deed,
      PageAnswer<A> answer) {
    try {
      MessageJson.read(body, request);
      @SuppressWarnings("unchecked") // The route's builder builds what its deed takes.
      Q message = (Q) request.build();
      deed.accept(message, answer);
    } catch (IllegalArgumentException wrong) {
      answer.onError(
          Status.INVALID_ARGUMENT.withDescription(wrong.getMessage()).asRuntimeException());
    } catch (RuntimeException e) {
      answer.onError(e);
    }
  }
}
