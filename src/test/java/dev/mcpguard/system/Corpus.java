package dev.mcpguard.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The public test data in {@code src/test/resources/corpora}; see the README there. */
final class Corpus {
  private Corpus() {}

  /**
   * A JSON document, good or bad.
   *
   * @param expect {@code y} must be accepted, {@code n} must be refused, {@code i} is left open
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; the arrays are the exact bytes.
  record Document(String name, byte[] bytes, String expect) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** JSONTestSuite: 149 documents. */
  static List<Document> documents() {
    return elements("json-parsing.json").stream().map(Corpus::document).toList();
  }

  /** The big list of naughty strings. */
  static List<String> naughtyStrings() {
    return elements("blns.json").stream().map(each -> ((Json.Str) each).value()).toList();
  }

  private static Document document(Json entry) {
    return new Document(
        entry.textAt("name").orElseThrow(),
        Base64.getDecoder().decode(entry.textAt("base64").orElseThrow()),
        entry.textAt("expect").orElseThrow());
  }

  private static List<Json> elements(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream("/corpora/" + file)) {
      if (in == null) {
        throw new AssertionError("no resource /corpora/" + file);
      }
      Json all = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return ((Json.Arr) all).elements();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
