package org.latentspace.explorer.inlet;

import com.google.protobuf.Message;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.latentspace.explorer.outlet.PointOutlet;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.proto.GatewayRelayGrpc;
import org.latentspace.proto.RhythmServiceGrpc;
import org.latentspace.proto.TeachingServiceGrpc;

/**
 * The screen's calls: those of the gRPC services, with their messages as JSON (protobuf's own
 * mapping), one line for each answer. Only for this server's own page, like {@link Screen}'s.
 */
@ApplicationScoped
public class PageCalls {
  private static final int MOST_BODY_BYTES = 64 << 10;
  private static final Set<String> NOT_FOR_PAGES = Set.of("Watch", "GetMapping", "SetMapping");

  @Inject ExplorerInlet explorer;
  @Inject TeachingInlet teaching;
  @Inject PageRequests requests;
  @Inject PageHolds holds;
  @Inject PointOutlet points;

  void open(@Observes Router router) {
    Map<String, Call<?, ?>> calls = new HashMap<>();
    // A page holds pairs in its own way.
    Stream.of(explorer.calls(), teaching.calls(), holds.calls(), neighbours())
        .flatMap(List::stream)
        .forEach(call -> calls.put(call.method().getBareMethodName(), call));
    calls.keySet().removeAll(NOT_FOR_PAGES);
    calls.forEach((name, call) -> open(router, "/api/call/" + name, call));
  }

  /** What is asked of vae-service, and through it of midi-gateway. */
  private List<Call<?, ?>> neighbours() {
    return List.of(
        new Call<>(
            RhythmServiceGrpc.getMapMethod(),
            points.asks((to, request, answer) -> to.rhythms().map(request, answer))),
        new Call<>(
            GatewayRelayGrpc.getListRobotsMethod(),
            points.asks((to, request, answer) -> to.gateway().listRobots(request, answer))),
        new Call<>(
            GatewayRelayGrpc.getSetRobotMethod(),
            points.asks((to, request, answer) -> to.gateway().setRobot(request, answer))),
        new Call<>(
            GatewayRelayGrpc.getListPortsMethod(),
            points.asks((to, request, answer) -> to.gateway().listPorts(request, answer))));
  }

  private void open(Router router, String path, Call<?, ?> call) {
    boolean isProject = call.method() == TeachingServiceGrpc.getImportProjectMethod();
    requests.post(
        router,
        path,
        isProject ? ProjectWire.MOST_BYTES : MOST_BODY_BYTES,
        page -> {
          Runnable answer = answering(call, page);
          if (isProject) {
            // It takes its time to be read: not on the thread that serves the pages.
            page.vertx().executeBlocking(Executors.callable(answer), false);
          } else {
            answer.run();
          }
        });
  }

  private static <Q extends Message, A extends Message> Runnable answering(
      Call<Q, A> call, RoutingContext page) {
    PageAnswer<A> answer = new PageAnswer<>(page);
    String body = page.body().asString();
    return () -> {
      try {
        String json = body == null || body.isEmpty() ? "{}" : body;
        call.deed().accept(MessageJson.read(json, call.none()), answer);
      } catch (RuntimeException wrong) {
        answer.onError(Call.status(wrong));
      }
    };
  }
}
