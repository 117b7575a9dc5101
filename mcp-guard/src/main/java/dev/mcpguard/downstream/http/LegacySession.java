package dev.mcpguard.downstream.http;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An initialised session at a server, used for one caller only. Its id never reaches a client.
 *
 * @param id the server's session id, or null if it keeps none
 * @param version the revision agreed on
 * @param capabilities what the server said it can do
 */
record LegacySession(@Nullable String id, ProtocolVersion version, JsonObject capabilities) {

  Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    if (id != null) {
      headers.put("Mcp-Session-Id", id);
    }
    if (version.compareTo(ProtocolVersion.V2025_06_18) >= 0) {
      headers.put("MCP-Protocol-Version", version.text());
    }
    return headers;
  }

  /** INVARIANT: nothing that names a session is printed. */
  @Override
  public String toString() {
    return "LegacySession[version=" + version.text() + "]";
  }
}
