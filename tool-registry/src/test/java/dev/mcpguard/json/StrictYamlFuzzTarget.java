package dev.mcpguard.json;

/**
 * Fuzz target (threat B7): a configuration file is read or refused with a finding that names it,
 * nothing else is thrown, and what was read is plain JSON.
 */
public final class StrictYamlFuzzTarget {
  private static final JsonLimits LIMITS =
      new JsonLimits(1 << 24, 512, 10_000_000, 1 << 20, 1_000_000_000);

  private StrictYamlFuzzTarget() {}

  /** Called by Jazzer and by {@code FuzzSeedsTest}. */
  public static void fuzzerTestOneInput(byte[] data) {
    JsonValue value;
    try {
      value = StrictYaml.parse(data, "file.yaml").root();
    } catch (ConfigException refused) {
      if (!refused.findings().getFirst().file().equals("file.yaml")) {
        throw new AssertionError("a finding without its file", refused);
      }
      return;
    }
    try {
      byte[] written = JsonText.bytes(value);
      if (!StrictJson.parse(written, LIMITS).equals(value)) {
        throw new AssertionError("as json it is another value");
      }
    } catch (MalformedJsonException unreadable) {
      throw new AssertionError("what was read is no json", unreadable);
    }
  }
}
