package org.latentspace.explorer;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Asks explorer-service over HTTP as a screen does; paths are relative to its address. */
final class Browser {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URL address;

  Browser(URL address) {
    this.address = address;
  }

  int status(String path) {
    try {
      return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  String text(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  /** The first line of an answer that never ends. */
  String firstLine(String path) throws Exception {
    HttpResponse<InputStream> events =
        http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      return lines.readLine();
    }
  }

  /** Posts from a page of the given origin, or from no page if empty; returns the status. */
  int post(String path, String json, String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private URI uri(String path) {
    return URI.create(address + path);
  }
}
