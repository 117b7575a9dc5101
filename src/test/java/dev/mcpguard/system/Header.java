package dev.mcpguard.system;

import java.util.List;

/**
 * One header line as it stood on the wire: the name with its case, the value without surrounding
 * blanks.
 */
record Header(String name, String value) {
  static Header ofLine(String line) {
    int colon = line.indexOf(':');
    return colon < 0
        ? new Header(line, "")
        : new Header(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  /** Every value of {@code name}, case ignored, in order. */
  static List<String> values(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }
}
