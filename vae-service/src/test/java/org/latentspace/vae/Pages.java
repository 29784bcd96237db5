package org.latentspace.vae;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks the service's own pages, as an operator does. */
final class Pages {
  private final HttpClient browser = HttpClient.newHttpClient();
  private final URL home;

  Pages(URL home) {
    this.home = home;
  }

  /** Status of the readiness page: 200 or 503. */
  int ready() {
    return get("q/health/ready").statusCode();
  }

  HttpResponse<String> get(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(home + path)).build();
      return browser.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
