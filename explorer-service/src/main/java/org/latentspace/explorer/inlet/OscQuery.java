package org.latentspace.explorer.inlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.latentspace.explorer.control.Parameter;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.SongOutlet;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.installation.Action;
import org.latentspace.installation.Action.Kind;
import org.latentspace.installation.Action.Target;
import org.latentspace.wire.HttpHostCheck;

/**
 * Tells what can be controlled by OSC, with types, ranges and values: JSON over HTTP by the
 * OSCQuery proposal (github.com/Vidvox/OSCQueryProposal), without its web sockets. On a port of its
 * own, as its clients ask for the root.
 */
@ApplicationScoped
public class OscQuery {
  private static final Logger LOG = Logger.getLogger(OscQuery.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> ATTRIBUTES =
      Set.of("FULL_PATH", "CONTENTS", "TYPE", "ACCESS", "RANGE", "VALUE", "DESCRIPTION");
  private static final long PAUSE_MS = 1000;
  private static final int WRITE = 2;
  private static final int READ_AND_WRITE = 3;

  @Inject Vertx vertx;
  @Inject HttpHostCheck hosts;
  @Inject Controls controls;
  @Inject ControlActions actions;
  @Inject SongOutlet song;
  @Inject Performers performers;
  @Inject PresetOutlet presets;

  private volatile HttpServer server;
  private volatile boolean closed;
  private volatile boolean told;
  private int port;
  // Guarded by this.
  private CompletionStage<Void> refreshing;

  /** Answers on its port; one that is taken is said once, and tried again every second. */
  public void open(String host, int tcpPort) {
    port = tcpPort;
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(host).setPort(tcpPort))
            .requestHandler(this::answer);
    server.listen().onFailure(taken -> openLater(host, taken));
  }

  private void openLater(String host, Throwable taken) {
    if (!told) {
      told = true;
      LOG.warnf(
          "%s=%d: OSCQuery cannot listen on TCP there: %s",
          OscControls.KEY, port, taken.getMessage());
    }
    if (!closed) {
      vertx.setTimer(PAUSE_MS, again -> open(host, port));
    }
  }

  /** Whether the port was taken once. */
  boolean isTold() {
    return told;
  }

  void close(@Observes ShutdownEvent end) {
    closed = true;
    if (server != null) {
      server.close();
    }
  }

  private void answer(HttpServerRequest request) {
    String query = request.query() == null ? "" : request.query();
    boolean isOwn = request.authority() == null || hosts.isOwn(request.authority().host());
    if (!isOwn || PageRequests.isForeign(request)) {
      PageRequests.answer(request.response(), 403, "only for this server's own names and pages");
    } else if (!request.method().equals(HttpMethod.GET)) {
      PageRequests.answer(request.response(), 405, "only GET");
    } else if (query.equals("HOST_INFO")) {
      end(request, hostInfo());
    } else if (!query.isEmpty() && !ATTRIBUTES.contains(query)) {
      PageRequests.answer(request.response(), 400, "must be ?HOST_INFO or one of " + ATTRIBUTES);
    } else {
      // The request's own thread goes on with it, whoever brings the values.
      Context own = vertx.getOrCreateContext();
      refreshed().thenRun(() -> own.runOnContext(now -> found(request, query)));
    }
  }

  /** All values as they are now; who asks meanwhile waits for the same answers. */
  private synchronized CompletionStage<Void> refreshed() {
    if (refreshing == null || refreshing.toCompletableFuture().isDone()) {
      refreshing = song.refresh(names());
    }
    return refreshing;
  }

  private void found(HttpServerRequest request, String query) {
    JsonNode node = find(tree(), request.path());
    if (node == null) {
      PageRequests.answer(request.response(), 404, "no such address");
    } else if (query.isEmpty()) {
      end(request, node);
    } else if (node.has(query)) {
      end(request, JSON.objectNode().set(query, node.get(query)));
    } else {
      request.response().setStatusCode(204).end();
    }
  }

  private static void end(HttpServerRequest request, JsonNode body) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toString());
  }

  private ObjectNode hostInfo() {
    ObjectNode info = JSON.objectNode();
    info.put("NAME", "latent-space-explorer").put("OSC_PORT", port).put("OSC_TRANSPORT", "UDP");
    ObjectNode extensions = info.putObject("EXTENSIONS");
    for (String known : List.of("ACCESS", "VALUE", "RANGE", "DESCRIPTION")) {
      extensions.put(known, true);
    }
    for (String unknown : List.of("LISTEN", "PATH_CHANGED", "TAGS", "CLIPMODE", "CRITICAL")) {
      extensions.put(unknown, false);
    }
    return info;
  }

  /** Of the installation, and those who have been heard. */
  private List<String> names() {
    Set<String> names = new TreeSet<>(controls.installation().performers());
    performers.present().all().stream().map(Performer::name).forEach(names::add);
    return List.copyOf(names);
  }

  private ObjectNode tree() {
    List<Parameter> all = new ArrayList<>(Parameter.all(Target.SONG, List.of("")));
    all.addAll(Parameter.all(Target.PERFORMER, names()));
    all.addAll(Parameter.all(Target.ENSEMBLE, song.ensembles()));
    all.addAll(Parameter.all(Target.ROBOT, song.robots()));
    ObjectNode root = container("/");
    for (Parameter parameter : all) {
      ObjectNode at = root;
      String[] parts = parameter.address().split("/");
      StringBuilder path = new StringBuilder();
      for (int i = 1; i < parts.length; i++) {
        path.append('/').append(parts[i]);
        ObjectNode contents = (ObjectNode) at.get("CONTENTS");
        if (!contents.has(parts[i])) {
          boolean last = i == parts.length - 1;
          contents.set(parts[i], last ? leaf(parameter) : container(path.toString()));
        }
        at = (ObjectNode) contents.get(parts[i]);
      }
    }
    return root;
  }

  private static ObjectNode container(String path) {
    ObjectNode node = JSON.objectNode().put("FULL_PATH", path).put("ACCESS", 0);
    node.putObject("CONTENTS");
    return node;
  }

  private ObjectNode leaf(Parameter parameter) {
    Action action = parameter.action();
    Object value = actions.value(parameter);
    boolean readable = action.kind() != Kind.PRESS && action.kind() != Kind.HOLD;
    ObjectNode node =
        JSON.objectNode()
            .put("FULL_PATH", parameter.address())
            .put("DESCRIPTION", action.sentence())
            .put("ACCESS", readable ? READ_AND_WRITE : WRITE)
            .put("TYPE", type(action.kind(), value));
    range(parameter, node);
    if (readable && value != null) {
      node.putArray("VALUE").addPOJO(value);
    }
    return node;
  }

  private static String type(Kind kind, Object value) {
    return switch (kind) {
      case PRESS -> "N";
      case SWITCH, HOLD -> Boolean.TRUE.equals(value) ? "T" : "F";
      case NUMBER -> "f";
      default -> "s";
    };
  }

  private void range(Parameter parameter, ObjectNode node) {
    Action action = parameter.action();
    ObjectNode range = JSON.objectNode();
    switch (action.kind()) {
      case NUMBER -> range.put("MIN", action.least()).put("MAX", action.most());
      case CHOICE -> action.choices().forEach(range.putArray("VALS")::add);
      case TEXT -> {
        ArrayNode names = range.putArray("VALS");
        presets.of(parameter.name()).forEach(preset -> names.add(preset.name()));
      }
      default -> {
        return;
      }
    }
    node.putArray("RANGE").add(range);
  }

  private static JsonNode find(JsonNode root, String path) {
    JsonNode at = root;
    for (String part : path.split("/")) {
      at = part.isEmpty() ? at : at.path("CONTENTS").path(part);
    }
    return at.isMissingNode() ? null : at;
  }
}
