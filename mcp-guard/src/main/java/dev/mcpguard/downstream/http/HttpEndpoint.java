package dev.mcpguard.downstream.http;

import java.net.URI;
import java.util.Locale;

/**
 * Where a server listens. From configuration only: no call, answer or redirect can change it.
 *
 * @param host host name or address, without brackets
 * @param port the port
 * @param secure whether TLS is spoken
 * @param target path and query as sent
 */
public record HttpEndpoint(String host, int port, boolean secure, String target) {

  /**
   * The endpoint of {@code uri}.
   *
   * @throws IllegalArgumentException if it is no plain http or https URL
   */
  public static HttpEndpoint of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    String host = uri.getHost();
    if (host == null || !(secure || scheme.equals("http"))) {
      throw new IllegalArgumentException("a tool server needs an http or https url");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the url of a tool server has user info or a fragment");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new HttpEndpoint(bare, port, secure, target);
  }

  /** The same server with another target. */
  public HttpEndpoint at(String otherTarget) {
    return new HttpEndpoint(host, port, secure, otherTarget);
  }

  /** The address as a URI. */
  URI uri() {
    return URI.create((secure ? "https://" : "http://") + authority() + target);
  }

  /** The {@code Host} header. */
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }
}
