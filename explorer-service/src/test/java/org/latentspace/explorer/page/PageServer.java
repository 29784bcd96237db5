package org.latentspace.explorer.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Serves the page itself with made events, and notes what it calls. */
final class PageServer implements AutoCloseable {
  /** A call of the page, and what it was given. */
  record Call(String name, JsonNode body) {}

  /** The answer of ListPairs with one pair, to be filled in with its error. */
  static final String ONE_PAIR =
      """
      {"pairs":[{"pair":"01m8fs64239gz6wxav14wx4rwx","output":[0.2,0.8,0.1,100],
       "target":[0.2,0.8,0.05,0.3],"motion":"MOTION_POSITION"}],"errors":[%s],"undoable":2,
       "waiting":"0","status":"ok"}
      """
          .replace("\n", "");

  /** The mapping that was fitted to it. */
  static final String FITTED =
      """
      {"version":"v1","createdAt":"2026-01-31T12:00:00Z","pairs":1,"loss":0.001,"lossCurve":[1,0.1],
       "pairErrors":[{"pair":"01m8fs64239gz6wxav14wx4rwx","error":0.001}]}
      """
          .replace("\n", "");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long EVENT_NANOS = 40_000_000L;
  private static final int BEFORE_RHYTHM = 20;

  private final long begunNanos = System.nanoTime();
  final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  final Map<String, String> answers = new ConcurrentHashMap<>();
  volatile List<String> performers = List.of("ann");
  volatile String missing = "";
  volatile String mode = "MODE_PREDICT";
  volatile String leader = "ann";

  /** Each led by the performer of the same place, if there are several. */
  volatile List<String> ensembles = List.of("ensemble");

  volatile String holder = "";
  volatile boolean stalled;
  volatile String page = "";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "page-server");
            thread.setDaemon(true);
            return thread;
          });

  PageServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.createContext("/api/", this::answer);
    server.createContext("/api/events", this::events);
    answers.put("ListPairs", "{\"pairs\":[],\"errors\":[],\"undoable\":0,\"waiting\":\"0\"}");
    answers.put("ListMappings", "{\"mappings\":[],\"playing\":\"\"}");
    answers.put("ListPresets", "{\"presets\":[]}");
    answers.put("ListTrajectories", "{\"trajectories\":[]}");
    answers.put("GetTransport", "{\"bpm\":120,\"playing\":true}");
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void serve(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    String name = path.equals("/") ? "/index.html" : path;
    try (InputStream file = PageServer.class.getResourceAsStream("/META-INF/resources" + name)) {
      byte[] bytes = file == null ? new byte[0] : file.readAllBytes();
      String type = name.endsWith("css") ? "css" : name.endsWith("js") ? "javascript" : "html";
      call.getResponseHeaders().set("Content-Type", "text/" + type);
      reply(call, file == null ? 404 : 200, bytes);
    }
  }

  /** An answer that begins with a digit is a refusal: the status, and why. */
  private void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    calls.add(new Call(name, JSON.readTree(call.getRequestBody().readAllBytes())));
    String answer = answers.getOrDefault(name, "{}");
    boolean refused = Character.isDigit(answer.charAt(0));
    String text = refused ? answer.substring(4) : answer;
    reply(
        call,
        refused ? Integer.parseInt(answer.substring(0, 3)) : 200,
        (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void reply(HttpExchange call, int status, byte[] bytes) throws IOException {
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      call.getResponseBody().write(bytes);
    }
    call.close();
  }

  private void events(HttpExchange call) throws IOException {
    page = String.valueOf(call.getRequestURI().getQuery());
    call.getResponseHeaders().set("Content-Type", "text/event-stream");
    call.sendResponseHeaders(200, 0);
    for (int i = 0; !threads.isShutdown(); i++) {
      if (!stalled) {
        byte[] event = ("data: " + event(i) + "\n\n").getBytes(StandardCharsets.UTF_8);
        call.getResponseBody().write(event);
        call.getResponseBody().flush();
      }
      LockSupport.parkNanos(EVENT_NANOS);
    }
  }

  private String event(int i) {
    String all =
        performers.stream().map(each -> performer(each, i)).collect(Collectors.joining(","));
    String without =
        missing.isEmpty()
            ? ""
            : "{\"performer\":\"eve\",\"stages\":[{\"stage\":\"audio-service\",\"status\":\""
                + missing
                + "\"}]}";
    return "{\"performers\":[" + all + "],\"missing\":[" + without + "]}";
  }

  private String performer(String performer, int i) {
    String rhythm =
        """
        "rhythm":{"origin":{"performer":"%s"},"modelVersion":"built-in","bars":1,"beatsPerBar":4,
         "beatUnit":4,"stepsPerBeat":4,"voices":["kick","snare","hat","tom"],"step":[0,4,8],
         "voice":[0,1,2],"velocity":[1,0.5,0.2],"offset":[0,0,0],"position":[0.4,0.6]},
        """
            .formatted(ensembles.size() == 1 ? leader : performer);
    String ensemble = ensembles.get(ensembles.size() == 1 ? 0 : performers.indexOf(performer));
    String position = position();
    String states =
        ensembles.stream()
            .map(
                name ->
                    """
                    {"ensemble":"%s","leader":"","strokes":"0","silent":false,"mute":false,
                     "solo":false,"position":%s}\
                    """
                        .formatted(name, position))
            .collect(Collectors.joining(","));
    return String.format(
            Locale.ROOT,
            """
            {"echo":{"origin":{"performer":"%s"},%s"ensemble":"%s","ensembles":[%s],
              "features":%s,
              "point":{"position":[0.3,0.%d],"noise":0.06,"zRampMs":200},
              "exploring":{"mapping":"","extrapolation":%f,"heldSenses":[],"refusedSenses":[],
               "remark":"","holder":"%s","heldS":%d,"drift":0,"playingTrajectory":"",
               "recordingTrajectory":"","morphingPreset":"","morph":0},
              "position":%s,
              "strokes":"%d","strokesDropped":"0","stages":[{"stage":"midi-gateway",
               "received":"%d","sent":"1","dropped":"7","refused":"0","status":"ok"}]},
             "settings":{"mode":"%s","sending":"SENDING_AUTO","position":[0.5,0.5],"noise":1.5,
              "zRampMs":100},
             "ended":false,"missedFrames":0,"pairsRevision":0}
            """,
            performer,
            i < BEFORE_RHYTHM ? "" : rhythm,
            ensemble,
            states,
            features(i),
            i % 10,
            2 + i % 10 / 10.0,
            holder,
            i / 25,
            position,
            i,
            i,
            mode)
        .replace("\n", "");
  }

  /** Bars of four beats at 120 a minute. */
  private String position() {
    double beats = (System.nanoTime() - begunNanos) / 0.5e9;
    return String.format(
        Locale.ROOT,
        "{\"bar\":\"%d\",\"beat\":%.4f,\"bpm\":120,\"playing\":true,\"stopped\":false}",
        (long) (beats / 4),
        beats % 4);
  }

  private static String features(int i) {
    return String.format(
        Locale.ROOT,
        """
        {"origin":{"soundNanos":"%d000000000"},"frame":"%d","senses":[],"senseRaw":[],
         "vector":[0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.%d],"raw":{"ambitusSemitones":0.5,
          "densityPerS":0.5,"rmsLinear":0.5,"centroidHz":0.5,"spreadHz":0.5,"skewness":0.5,
          "kurtosis":0.5,"rolloffHz":0.5,"flatnessDb":0.5,"crestDb":0.%d},
         "pitchMidi":%f,"silent":false,"levelDbfs":%f}
        """,
        i / 25,
        i,
        i % 10,
        i % 10,
        60 + i % 12 / 10.0,
        -20 - i % 10 / 2.0);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
