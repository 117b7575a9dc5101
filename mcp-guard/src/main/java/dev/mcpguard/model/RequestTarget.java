package dev.mcpguard.model;

/**
 * What a request is about, as the registry knows it: a caller cannot make up values of this.
 *
 * @param kind {@code tool}, {@code prompt}, {@code resource}, {@code list} or {@code server}
 * @param server the server's id, empty for several
 * @param name the registered name; empty where the name is a caller's own, such as a URI
 */
public record RequestTarget(String kind, String server, String name) {
  /** Nothing the registry knows. */
  public static final RequestTarget NONE = new RequestTarget("", "", "");
}
