package dev.mcpguard.downstream;

import dev.mcpguard.downstream.bridge.BridgedServer;
import dev.mcpguard.downstream.bridge.Parking;
import dev.mcpguard.downstream.bridge.Tickets;
import dev.mcpguard.downstream.http.HttpEndpoint;
import dev.mcpguard.downstream.http.HttpLimits;
import dev.mcpguard.downstream.http.HttpRuntime;
import dev.mcpguard.downstream.http.HttpServerSettings;
import dev.mcpguard.downstream.http.HttpToolServer;
import dev.mcpguard.downstream.http.TlsSettings;
import dev.mcpguard.downstream.stdio.StdioServerSettings;
import dev.mcpguard.downstream.stdio.StdioToolServer;
import dev.mcpguard.downstream.wire.ServerEvents;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.model.ToolServer;
import dev.mcpguard.registry.HttpTransport;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.StdioTransport;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the client of a server from its manifest, which is the only thing a command comes from. */
final class ServerFactory {
  private final HttpRuntime runtime;
  private final HttpLimits limits;
  private final UnaryOperator<@Nullable String> environment;
  private final InstantSource clock;
  private final Parking parking;
  private final Tickets tickets;

  ServerFactory(DownstreamSettings settings, UnaryOperator<@Nullable String> environment) {
    this.runtime = settings.runtime();
    this.limits = settings.http();
    this.environment = environment;
    this.clock = settings.clock();
    this.parking = settings.parking();
    this.tickets = new Tickets(parking, new SecureRandom(), clock);
  }

  /** The supervised client of the server. */
  SupervisedServer<?> make(ServerManifest manifest, ServerEvents events) throws SSLException {
    CircuitBreaker breaker = new CircuitBreaker(System::nanoTime);
    return switch (manifest.connection().transport()) {
      case HttpTransport http -> supervised(http(manifest, http, events), breaker);
      case OwnTransport own ->
          throw new IllegalArgumentException("the guard's own server has no client");
      case StdioTransport stdio -> supervised(stdio(manifest, stdio, events), breaker);
    };
  }

  private <S extends ToolServer & ServerLink> SupervisedServer<?> supervised(
      S server, CircuitBreaker breaker) {
    return new SupervisedServer<>(
        new BridgedServer<>(server, tickets, parking.on(), clock), breaker);
  }

  private HttpToolServer http(ServerManifest manifest, HttpTransport http, ServerEvents events)
      throws SSLException {
    HttpTransport.Tls tls = http.tls();
    TlsSettings settings =
        tls == null
            ? TlsSettings.standard()
            : new TlsSettings(tls.ca(), tls.certificate(), tls.key());
    HttpToolServer server =
        new HttpToolServer(
            new HttpServerSettings(
                HttpEndpoint.of(http.url()),
                limits,
                settings,
                ManifestSecret.of(manifest.connection().credential(), environment),
                http.era(),
                parking.on()),
            runtime,
            events,
            clock);
    server.listen();
    return server;
  }

  private StdioToolServer stdio(
      ServerManifest manifest, StdioTransport stdio, ServerEvents events) {
    boolean perPrincipal = "principal".equals(manifest.stewardship().labels().get("state"));
    return new StdioToolServer(
        new StdioServerSettings(
            manifest.server().text(),
            stdio.command(),
            () -> variables(stdio),
            stdio.era(),
            perPrincipal),
        events,
        clock);
  }

  private @Nullable Map<String, String> variables(StdioTransport stdio) {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, StdioTransport.EnvironmentValue> entry :
        stdio.environment().entrySet()) {
      String value =
          switch (entry.getValue()) {
            case StdioTransport.EnvironmentValue.Plain plain -> plain.value();
            case StdioTransport.EnvironmentValue.Secret secret ->
                ManifestSecret.value(secret.reference(), environment);
          };
      if (value == null) {
        return null;
      }
      variables.put(entry.getKey(), value);
    }
    return variables;
  }
}
