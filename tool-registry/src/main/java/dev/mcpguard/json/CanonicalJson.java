package dev.mcpguard.json;

/**
 * Canonical JSON, the form that is digested: member order and string spelling of RFC 8785 (JCS), no
 * white space, and, unlike RFC 8785, number text kept as received: rounding to a double would give
 * two different documents one digest. Values that differ never have the same bytes. Throws {@link
 * IllegalArgumentException} for text with a lone surrogate, which no parser of ours lets in.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  public static String text(JsonValue value) {
    return JsonWriter.text(value, true);
  }

  /**
   * The same object with its canonical bytes kept beside it, for one that lives long and stands in
   * many documents: it is written once and copied from then on.
   */
  public static JsonObject keeping(JsonObject object) {
    FrozenMembers members = FrozenMembers.of(object.members());
    if (members.canonical() == null) {
      members.keepCanonical(bytes(object));
    }
    return object;
  }

  /** The text in UTF-8. */
  public static byte[] bytes(JsonValue value) {
    return JsonWriter.bytes(value, true);
  }
}
