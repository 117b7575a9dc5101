package dev.mcpguard.system;

import java.util.ArrayList;
import java.util.List;

/**
 * A well-formed MCP request as exact bytes, to send as it is or to spoil one thing in. Immutable.
 *
 * @param headers in order; Host, Content-Type, Accept and Content-Length are added by {@link
 *     #bytes}
 * @param params members of {@code params}, as JSON text
 */
record Request(
    String method, String id, List<Header> headers, List<String> params, List<String> meta) {
  private static final String KEY = "\"io.modelcontextprotocol/";

  Request {
    headers = List.copyOf(headers);
    params = List.copyOf(params);
    meta = List.copyOf(meta);
  }

  /** A request of 2026-07-28 with its envelope and headers. */
  static Request modern(String method) {
    return new Request(method, "1", List.of(), List.of(), List.of())
        .header("MCP-Protocol-Version", Era.MODERN_VERSION)
        .header("Mcp-Method", method)
        .meta(KEY + "protocolVersion\":\"" + Era.MODERN_VERSION + "\"")
        .meta(KEY + "clientCapabilities\":{}");
  }

  /** A request of 2025-11-25 within a session; an empty session leaves the headers out. */
  static Request legacy(String method, String session) {
    Request request = new Request(method, "1", List.of(), List.of(), List.of());
    return session.isEmpty()
        ? request
        : request
            .header("Mcp-Session-Id", session)
            .header("MCP-Protocol-Version", Era.LEGACY_VERSION);
  }

  /** The handshake of 2025-11-25. */
  static Request initialize() {
    return legacy("initialize", "")
        .param("\"protocolVersion\":\"" + Era.LEGACY_VERSION + "\"")
        .param("\"capabilities\":{}")
        .param("\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}");
  }

  /** A modern call; {@code arguments} is JSON text. */
  static Request call(String tool, String arguments) {
    return modern("tools/call").header("Mcp-Name", tool).tool(tool, arguments);
  }

  Request tool(String tool, String arguments) {
    return param("\"name\":" + new Json.Str(tool)).param("\"arguments\":" + arguments);
  }

  Request token(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /** {@code json} is the declared intent as JSON text. */
  Request intent(String json) {
    return meta("\"dev.mcpguard/intent\":" + json);
  }

  Request header(String name, String value) {
    return new Request(method, id, and(headers, new Header(name, value)), params, meta);
  }

  Request withoutHeader(String name) {
    List<Header> others =
        headers.stream().filter(header -> !header.name().equalsIgnoreCase(name)).toList();
    return new Request(method, id, others, params, meta);
  }

  Request param(String member) {
    return new Request(method, id, headers, and(params, member), meta);
  }

  Request meta(String member) {
    return new Request(method, id, headers, params, and(meta, member));
  }

  /** Instead of those of a modern request; {@code json} is an object as JSON text. */
  Request capabilities(String json) {
    String key = KEY + "clientCapabilities\":";
    return new Request(
        method, id, headers, params,
        meta.stream().map(member -> member.startsWith(key) ? key + json : member).toList());
  }

  /** {@code json} is the id as JSON text. */
  Request id(String json) {
    return new Request(method, json, headers, params, meta);
  }

  String body() {
    List<String> all =
        meta.isEmpty() ? params : and(params, "\"_meta\":{" + String.join(",", meta) + "}");
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":%s,\"params\":{%s}}"
        .formatted(id, new Json.Str(method), String.join(",", all));
  }

  /** The whole POST to {@code path} of a server on loopback. */
  byte[] bytes(String path, int port) {
    return bytes(path, port, body());
  }

  /** The same head around another body, whose length is the one announced. */
  byte[] bytes(String path, int port, String otherBody) {
    byte[] body = Bytes.of(otherBody);
    StringBuilder head =
        new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
    head.append(
        "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
    headers.forEach(
        header -> head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    return Bytes.join(Bytes.of(head.toString()), body);
  }

  private static <T> List<T> and(List<T> some, T one) {
    List<T> all = new ArrayList<>(some);
    all.add(one);
    return all;
  }
}
