package dev.mcpguard.front;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of MCP 2026-07-28: the fields of {@code params._meta} that every modern request
 * carries.
 *
 * @param version what the request says its revision is
 * @param client {@code clientInfo} as claimed, or empty
 * @param refusal what is wrong with it, or null
 */
public record ModernEnvelope(String version, JsonObject client, @Nullable Refusal refusal) {
  public static final String VERSION = "io.modelcontextprotocol/protocolVersion";
  public static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  public static final String CLIENT = "io.modelcontextprotocol/clientInfo";
  public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  public static final String SERVER = "io.modelcontextprotocol/serverInfo";
  public static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

  /** Whether the parameters claim an envelope: one that is malformed is an error, never legacy. */
  public static boolean in(JsonObject params) {
    JsonObject meta = params.object("_meta");
    return meta != null && meta.has(VERSION);
  }

  /** Reads the envelope; the revision itself is checked by {@link #unsupported}. */
  public static ModernEnvelope of(JsonObject params) {
    JsonObject meta = params.object("_meta");
    String version = meta == null ? null : meta.string(VERSION);
    if (meta == null || version == null) {
      return broken("missing or not a string: " + VERSION);
    }
    if (meta.object(CAPABILITIES) == null) {
      return broken("missing or not an object: " + CAPABILITIES);
    }
    JsonObject client = meta.has(CLIENT) ? meta.object(CLIENT) : JsonObject.of();
    return client == null
        ? broken("not an object: " + CLIENT)
        : new ModernEnvelope(version, client, null);
  }

  /** The refusal of a revision this route does not speak, or null if it is the modern one. */
  public @Nullable Refusal unsupported(Collection<String> supported) {
    if (version.equals(ProtocolVersion.LATEST_MODERN.text())) {
      return null;
    }
    // INVARIANT: only a short plain word is repeated to the client
    String requested = version.matches("[A-Za-z0-9._-]{1,32}") ? version : "";
    return Refusal.of(ReasonCode.VERSION_UNSUPPORTED, "the envelope names another revision")
        .withData(
            JsonObject.builder()
                .put("supported", JsonArray.ofStrings(supported))
                .put("requested", requested)
                .build());
  }

  private static ModernEnvelope broken(String detail) {
    Refusal refusal =
        Refusal.of(ReasonCode.PARAMS_INVALID, detail)
            .withData(JsonObject.builder().put("envelope", detail).build());
    return new ModernEnvelope("", JsonObject.of(), refusal);
  }
}
