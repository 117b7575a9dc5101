package dev.mcpguard.app.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept connection that posts to the guard and reads answers with a length. Not thread-safe. */
final class TrainingClient implements AutoCloseable {
  private static final String META =
      "\"dev.mcpguard/intent\":{\"purpose\":\"training\",\"class\":\"read\"}";

  private final Socket socket;
  private final InputStream in;
  private final String head;
  private String session = "";

  TrainingClient(int port, String token) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    head =
        "POST /mcp/echo HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
            + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
  }

  /** Opens a session of the revisions before 2026-07-28. */
  void open() throws IOException {
    post(
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
            + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"training\",\"version\":\"1\"}}}",
        "");
  }

  /** One call in the session. */
  int legacy(int id) throws IOException {
    return post(call(id, META), "Mcp-Session-Id: " + session + "\r\n");
  }

  /** One call that stands alone. */
  int modern(int id) throws IOException {
    String meta =
        META + ",\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}";
    return post(
        call(id, meta),
        "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n");
  }

  private static String call(int id, String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
        + "\"arguments\":{\"text\":\"t" + id + "\"},\"_meta\":{" + meta + "}}}";
  }

  private int post(String body, String headers) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String request = head + headers + "Content-Length: " + bytes.length + "\r\n\r\n" + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).strip();
      length = name.equals("content-length") ? Integer.parseInt(value) : length;
      session = name.equals("mcp-session-id") ? value : session;
    }
    in.skipNBytes(length);
    return status;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the guard closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
