package dev.mcpguard.downstream.stdio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stdio server that misbehaves as its first argument says; its own process. */
public final class FakeChild {
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");
  private static final PrintStream OUT =
      new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private FakeChild() {}

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String mode = arguments[0];
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    while (line != null) {
      answer(mode, line);
      line = in.readLine();
    }
    if (mode.equals("stubborn")) {
      Thread.sleep(60_000);
    }
  }

  private static void answer(String mode, String line) throws InterruptedException {
    Matcher id = ID.matcher(line);
    if (!id.find()) {
      return;
    }
    if (line.contains("\"server/discover\"")) {
      discover(mode, id.group(1));
    } else if (line.contains("\"initialize\"")) {
      result(id.group(1), "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}");
    } else {
      call(mode, id.group(1), line);
    }
  }

  private static void discover(String mode, String id) {
    if (mode.equals("modern")) {
      result(id, "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}");
    } else if (mode.equals("dies-on-discover")) {
      Runtime.getRuntime().halt(1);
    } else {
      OUT.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32601,\"message\":\"m\"}}");
    }
  }

  private static void call(String mode, String id, String line) throws InterruptedException {
    switch (mode) {
      case "dies" -> Runtime.getRuntime().halt(1);
      case "hangs" -> Thread.sleep(60_000);
      case "wrong-id" -> result("999", "{}");
      case "duplicate" -> OUT.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"id\":" + id + "}");
      case "partial" -> {
        OUT.print("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{");
        OUT.flush();
        Runtime.getRuntime().halt(0);
      }
      case "newline" -> OUT.println("{\"jsonrpc\":\"2.0\",\n\"id\":" + id + ",\"result\":{}}");
      case "endless" -> {
        OUT.print("{\"a\":\"" + "x".repeat(5 << 20));
        OUT.flush();
      }
      case "floods-stderr" -> {
        System.err.print(("noise ".repeat(200) + "\n").repeat(2_000));
        echo(id, line);
      }
      case "noisy" -> {
        OUT.println("starting up");
        echo(id, line);
      }
      case "environment" -> echo(id, System.getenv().toString());
      case "progress" -> {
        OUT.println(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                + "{\"progressToken\":\"g" + id + "\",\"progress\":1}}");
        echo(id, line);
      }
      case "asks" -> {
        OUT.println("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\"}");
        echo(id, line);
      }
      case "twice" -> {
        echo(id, line);
        echo(id, "again");
      }
      default -> echo(id, line);
    }
  }

  private static void echo(String id, String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    result(id, "{\"content\":[{\"type\":\"text\",\"text\":\"" + escaped + "\"}]}");
  }

  private static void result(String id, String result) {
    OUT.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
  }
}
