package dev.mcpguard.front;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts.SessionReference;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol says of the caller of one request; none of it proves anything.
 *
 * @param version the revision in force
 * @param session the legacy session named, or null
 * @param client {@code clientInfo} as claimed, or empty
 */
public record Caller(
    ProtocolVersion version, @Nullable SessionReference session, JsonObject client) {
  private static final int LONGEST_CLAIM = 256;

  /** A caller of whom nothing is known yet. */
  public static final Caller UNKNOWN =
      new Caller(ProtocolVersion.LATEST_MODERN, null, JsonObject.of());

  /** INVARIANT: the claim is recorded in every leaf, so it is cut to name and version, both short. */
  public Caller {
    JsonObject.Builder claim = JsonObject.builder();
    for (String member : new String[] {"name", "version"}) {
      String text = client.string(member);
      if (text != null) {
        claim.put(member, cut(text));
      }
    }
    client = claim.build();
  }

  /** A caller that speaks this revision without a session. */
  public static Caller speaking(ProtocolVersion version) {
    return new Caller(version, null, JsonObject.of());
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_CLAIM) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_CLAIM - 1));
    return text.substring(0, splitsPair ? LONGEST_CLAIM - 1 : LONGEST_CLAIM);
  }
}
