package dev.mcpguard.front.http;

import dev.mcpguard.front.DenialForm;
import dev.mcpguard.front.legacy.SessionLimits;
import dev.mcpguard.model.Route;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the HTTP front. Immutable.
 *
 * @param host the address to bind; loopback unless told otherwise
 * @param port the port to bind; 0 for any free one
 * @param publicUrl scheme and authority clients use, without a slash at the end; the prefix of every
 *     resource identifier (RFC 8707)
 * @param aggregate whether {@code /mcp} serves all servers
 * @param hosts accepted {@code Host} values, in lower case: {@code name}, {@code name:port} or {@code
 *     name:*}
 * @param origins accepted {@code Origin} values, in lower case; the port may be {@code *}
 * @param resource what metadata and challenges say
 * @param limits bounds
 * @param sessions bounds of legacy sessions
 * @param denials the form of refused calls
 * @param tls TLS, or null for plain HTTP
 * @param version the guard's own version, told to clients
 * @param sse whether the transport of 2024-11-05 is served too
 */
public record FrontSettings(
    String host,
    int port,
    String publicUrl,
    boolean aggregate,
    Set<String> hosts,
    Set<String> origins,
    ProtectedResource resource,
    HttpLimits limits,
    SessionLimits sessions,
    DenialForm denials,
    @Nullable TlsSettings tls,
    String version,
    boolean sse) {
  private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost:*", "127.0.0.1:*", "[::1]:*");
  private static final Set<String> LOOPBACK_ORIGINS =
      Set.of(
          "http://localhost:*",
          "http://127.0.0.1:*",
          "http://[::1]:*",
          "https://localhost:*",
          "https://127.0.0.1:*",
          "https://[::1]:*");

  public FrontSettings {
    hosts = Set.copyOf(hosts);
    origins = Set.copyOf(origins);
    if (!publicUrl.matches("https?://[^/?#\\s\"\\\\]+")) {
      throw new IllegalArgumentException(
          "the public url `" + publicUrl + "` is not scheme and authority alone");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /** Loopback only, with every default. */
  public static FrontSettings loopback(int port, ProtectedResource resource) {
    return new FrontSettings(
        "127.0.0.1",
        port,
        "http://127.0.0.1:" + port,
        true,
        LOOPBACK_HOSTS,
        LOOPBACK_ORIGINS,
        resource,
        HttpLimits.DEFAULTS,
        SessionLimits.DEFAULTS,
        DenialForm.ERROR,
        null,
        "dev",
        false);
  }

  /** The endpoint of one server, or of all for null. */
  public Route route(@Nullable String server) {
    return new Route(server, publicUrl + new Route(server, "").path());
  }

  public FrontSettings withLimits(HttpLimits value) {
    return new FrontSettings(
        host, port, publicUrl, aggregate, hosts, origins, resource, value, sessions, denials, tls,
        version, sse);
  }

  public FrontSettings withSessions(SessionLimits value) {
    return new FrontSettings(
        host, port, publicUrl, aggregate, hosts, origins, resource, limits, value, denials, tls,
        version, sse);
  }

  public FrontSettings withDenials(DenialForm value) {
    return new FrontSettings(
        host, port, publicUrl, aggregate, hosts, origins, resource, limits, sessions, value, tls,
        version, sse);
  }

  public FrontSettings withTls(TlsSettings value) {
    return new FrontSettings(
        host, port, publicUrl, aggregate, hosts, origins, resource, limits, sessions, denials,
        value, version, sse);
  }

  public FrontSettings withPublicUrl(String value) {
    return new FrontSettings(
        host, port, value, aggregate, hosts, origins, resource, limits, sessions, denials, tls,
        version, sse);
  }

  public FrontSettings withSse(boolean value) {
    return new FrontSettings(
        host, port, publicUrl, aggregate, hosts, origins, resource, limits, sessions, denials, tls,
        version, value);
  }
}
