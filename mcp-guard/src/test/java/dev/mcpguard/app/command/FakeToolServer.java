package dev.mcpguard.app.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A legacy MCP server over raw sockets whose tools, pages and demands change at will. */
final class FakeToolServer implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|[0-9]+)");

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  /** The members of the result of the next list. */
  volatile String tools;

  /** The token it demands; empty when none. */
  volatile String token = "";

  FakeToolServer(String tools) throws IOException {
    this.tools = tools;
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/mcp";
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        Matcher length = Pattern.compile("content-length: *([0-9]+)").matcher(head);
        String body =
            length.find()
                ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : "";
        client.getOutputStream().write(answer(head, body).getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
      }
    } catch (IOException gone) {
      // The client went away.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private String answer(String head, String body) {
    Matcher id = ID.matcher(body);
    if (!head.startsWith("post")) {
      return http(405, "");
    }
    if (!token.isEmpty() && !head.contains("authorization: bearer " + token)) {
      return http(401, "");
    }
    if (!id.find()) {
      return http(202, "");
    }
    String start = "{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",";
    if (body.contains("\"tools/list\"")) {
      return http(200, start + "\"result\":{\"tools\":[" + tools + "]}}");
    }
    if (body.contains("\"initialize\"")) {
      return http(
          200,
          start
              + "\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
              + "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}}");
    }
    return http(200, start + "\"error\":{\"code\":-32601,\"message\":\"no\"}}");
  }

  private static String http(int status, String body) {
    return "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
