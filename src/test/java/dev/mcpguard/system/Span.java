package dev.mcpguard.system;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as a collector received it.
 *
 * @param kind 2 for SERVER, 3 for CLIENT
 * @param links trace ids and span ids it links to, joined by a hyphen
 * @param status 2 for an error
 */
record Span(
    String trace,
    String id,
    String parent,
    String name,
    long kind,
    Map<String, String> attributes,
    List<String> links,
    long status) {
  static final long SERVER = 2;
  static final long CLIENT = 3;

  static Span of(Protobuf span) {
    Map<String, String> attributes = new TreeMap<>();
    for (Protobuf attribute : span.messages(9)) {
      Protobuf value = attribute.messages(2).getFirst();
      String text = value.has(1) ? value.text(1) : Long.toString(value.number(3));
      attributes.put(attribute.text(1), text);
    }
    List<String> links = new ArrayList<>();
    for (Protobuf link : span.messages(13)) {
      links.add(hex(link.bytes(1)) + "-" + hex(link.bytes(2)));
    }
    List<Protobuf> status = span.messages(15);
    return new Span(
        hex(span.bytes(1)), hex(span.bytes(2)), hex(span.bytes(4)), span.text(5), span.number(6),
        attributes, links, status.isEmpty() ? 0 : status.getFirst().number(3));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
