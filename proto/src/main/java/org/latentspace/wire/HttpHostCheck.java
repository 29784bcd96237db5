package org.latentspace.wire;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Refuses HTTP requests that call this server by a name that is not its own.
 *
 * <p>A web page can let its own name lead to this machine (DNS rebinding); the browser then takes
 * its requests for those of this server's page. They still carry the page's name as Host.
 */
@ApplicationScoped
public class HttpHostCheck {
  /** Before everything else that sees a request. */
  private static final int FIRST = 1000;

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[?[0-9a-f]*:[0-9a-f:.]*(?:%[\\w.-]+)?\\]?");

  private final Set<String> names = new TreeSet<>(Set.of("localhost"));

  @Inject
  HttpHostCheck(HttpAccessConfig config) {
    this(config.hosts().orElse(List.of()));
  }

  /** With these names of this server beside its addresses and localhost. */
  public HttpHostCheck(List<String> hosts) {
    hosts.forEach(host -> names.add(host.trim().toLowerCase(Locale.ROOT)));
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext call) {
    HostAndPort authority = call.request().authority();
    String host = authority == null ? call.request().getHeader("Host") : authority.host();
    // Whoever sends no Host at all is no browser.
    if (host == null || isOwn(host)) {
      call.next();
      return;
    }
    call.response()
        .setStatusCode(403)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("Connection", "close")
        .end("Host must be an address, localhost or a name in http-access.hosts\n");
  }

  /** Whether a host, without its port, is an address, localhost or configured. */
  public boolean isOwn(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return names.contains(name) || ADDRESS.matcher(name).matches();
  }
}
