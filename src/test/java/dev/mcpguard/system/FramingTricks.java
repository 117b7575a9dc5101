package dev.mcpguard.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Requests of two readings: what each trick of smuggling does to a good request (threat C11). */
final class FramingTricks {
  private FramingTricks() {}

  private static String bodyOf(String request) {
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  private static String head(String request) {
    return request.substring(0, request.indexOf("\r\n\r\n") + 2);
  }

  /** The request with one more header line. */
  static String line(String request, String line) {
    return head(request) + line + "\r\n\r\n" + bodyOf(request);
  }

  private static String unsized(String request, String lines, String body) {
    return head(request).replaceFirst("Content-Length: \\d+\r\n", "") + lines + "\r\n" + body;
  }

  /** The request with its body as one chunk: how its size is written, and what ends the body. */
  static String chunked(String request, String first, String end) {
    String body = bodyOf(request);
    String chunk = body.isEmpty() ? "" : first.formatted(body.length()) + body + "\r\n";
    return unsized(request, "Transfer-Encoding: chunked\r\n", chunk + end);
  }

  /** By name, what is done to a good request. */
  static Map<String, UnaryOperator<String>> tricks() {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    String last = "0\r\n\r\n";
    all.put("CL.TE", good -> line(good, "Transfer-Encoding: chunked"));
    all.put(
        "TE.CL",
        good -> unsized(good, "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", last));
    all.put("two lengths", good -> line(good, "Content-Length: 1"));
    all.put("the same length twice", good -> line(good, lengthOf(good)));
    all.put("a list of lengths", good -> unsized(good, "Content-Length: 2, 2\r\n", "{}"));
    all.put("a signed length", good -> unsized(good, "Content-Length: +2\r\n", "{}"));
    all.put("chunked twice", good -> unsized(good, "Transfer-Encoding: chunked, chunked\r\n", last));
    all.put("another coding", good -> unsized(good, "Transfer-Encoding: xchunked\r\n", last));
    all.put("gzip, chunked", good -> unsized(good, "Transfer-Encoding: gzip, chunked\r\n", last));
    all.put("blank before the colon", good -> line(good, "X-A : b"));
    all.put("folded by a blank", good -> line(good, "X-A: b\r\n c"));
    all.put("folded by a tab", good -> line(good, "X-A: b\r\n\tc"));
    all.put("bare LF", good -> line(good, "X-A: b\nX-B: c"));
    all.put("bare CR", good -> line(good, "X-A: b\rX-B: c"));
    all.put("NUL", good -> line(good, "X-A: b\0c"));
    all.put("no colon", good -> line(good, "X-A"));
    all.put("only LF", good -> good.replace("\r\n", "\n"));
    all.put("h2c upgrade", good -> line(good, "Connection: Upgrade\r\nUpgrade: h2c"));
    all.put("websocket", good -> line(good, "Connection: Upgrade\r\nUpgrade: websocket"));
    all.put("HTTP/1.0", good -> good.replace("HTTP/1.1", "HTTP/1.0"));
    all.put("HTTP/2.0", good -> good.replace("HTTP/1.1", "HTTP/2.0"));
    all.put("two hosts", good -> line(good, "Host: evil.example"));
    all.put("no host", good -> good.replaceFirst("Host: [^\r]*\r\n", ""));
    all.put("absolute form", good -> good.replaceFirst(" /", " http://127.0.0.1/"));
    all.put("authority form", good -> good.replaceFirst(" /\\S*", " 127.0.0.1:80"));
    all.put("asterisk form", good -> good.replaceFirst(" /\\S*", " *"));
    all.put("blank before the line", good -> " " + good);
    all.put("empty line before", good -> "\r\n" + good);
    requestLines(all);
    headersAndLengths(all);
    return all;
  }

  private static String lengthOf(String request) {
    int at = request.indexOf("Content-Length: ");
    return request.substring(at, request.indexOf("\r\n", at));
  }

  private static void requestLines(Map<String, UnaryOperator<String>> all) {
    all.put("two blanks after the method", good -> good.replaceFirst(" ", "  "));
    all.put("a tab after the method", good -> good.replaceFirst(" ", "\t"));
    all.put("a form feed after the method", good -> good.replaceFirst(" ", "\f"));
    all.put("two blanks before the version", good -> good.replaceFirst(" HTTP", "  HTTP"));
    all.put("a tab before the version", good -> good.replaceFirst(" HTTP", "\tHTTP"));
    all.put("a blank behind the version", good -> good.replaceFirst("HTTP/1.1", "HTTP/1.1 "));
    all.put("a fourth word", good -> good.replaceFirst("HTTP/1.1", "x HTTP/1.1"));
    all.put("no version", good -> good.replaceFirst(" HTTP/1.1", ""));
    all.put("a version in lower case", good -> good.replaceFirst("HTTP/1.1", "http/1.1"));
    all.put("a version with leading zeros", good -> good.replaceFirst("HTTP/1.1", "HTTP/01.1"));
  }

  private static void headersAndLengths(Map<String, UnaryOperator<String>> all) {
    String last = "0\r\n\r\n";
    all.put("no name of a header", good -> line(good, ": b"));
    all.put("a blank in a name", good -> line(good, "X A: b"));
    all.put("a name that is no token", good -> line(good, "X(A): b"));
    all.put("a name that is not ASCII", good -> line(good, "X-\u00c4: b"));
    all.put("a length in hex", good -> unsized(good, "Content-Length: 0x2\r\n", "{}"));
    all.put("a negative length", good -> unsized(good, "Content-Length: -1\r\n", ""));
    all.put("a length without digits", good -> unsized(good, "Content-Length:\r\n", ""));
    all.put("no name of a coding", good -> unsized(good, "Transfer-Encoding:\r\n", last));
    all.put("identity", good -> unsized(good, "Transfer-Encoding: identity\r\n", ""));
    all.put("chunked and a parameter", good -> unsized(good, "Transfer-Encoding: chunked;q=1\r\n", last));
    all.put(
        "two headers of codings",
        good ->
            unsized(good, "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", last));
  }
}
