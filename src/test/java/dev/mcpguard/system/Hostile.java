package dev.mcpguard.system;

import java.net.URI;
import java.time.Duration;

/**
 * One way to misbehave, and for which method.
 *
 * @param method the JSON-RPC method it applies to; {@code *} is all of them
 * @param size bytes of an oversized answer
 * @param pace time between two bytes, or two endless notifications
 * @param script the body of a scripted answer, one char for each byte; {@code $ID} is the request's
 */
record Hostile(
    Hostility mode, String method, int size, Duration pace, URI redirectTo, String script) {
  private static final int SIXTEEN_MIB = 16 << 20;

  static final Hostile NOT = of(Hostility.NONE);

  /** Applied to {@code tools/call}. */
  static Hostile of(Hostility mode) {
    return new Hostile(
        mode,
        "tools/call",
        SIXTEEN_MIB,
        Duration.ofMillis(20),
        URI.create("http://127.0.0.1:9/"),
        "");
  }

  static Hostile redirect(URI to) {
    return new Hostile(
        Hostility.REDIRECT, "tools/call", SIXTEEN_MIB, Duration.ofMillis(20), to, "");
  }

  /** Answers these bytes to {@code tools/call}. */
  static Hostile scripted(byte[] body) {
    Hostile quiet = of(Hostility.SCRIPTED);
    return new Hostile(
        quiet.mode, quiet.method, quiet.size, quiet.pace, quiet.redirectTo, Bytes.text(body));
  }

  Hostile on(String otherMethod) {
    return new Hostile(mode, otherMethod, size, pace, redirectTo, script);
  }

  Hostile ofSize(int bytes) {
    return new Hostile(mode, method, bytes, pace, redirectTo, script);
  }

  Hostile atPace(Duration between) {
    return new Hostile(mode, method, size, between, redirectTo, script);
  }

  /** What to do to the answer of {@code message}. */
  Hostility towards(Json message) {
    boolean meant =
        method.equals("*") || message.textAt("method").filter(method::equals).isPresent();
    return meant ? mode : Hostility.NONE;
  }
}
