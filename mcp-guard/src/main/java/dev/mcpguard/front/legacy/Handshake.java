package dev.mcpguard.front.legacy;

import dev.mcpguard.front.Method;
import dev.mcpguard.front.RequestReader;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.RequestFacts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Version negotiation of {@code initialize}. */
public final class Handshake {
  private Handshake() {}

  /** The legacy revisions of Streamable HTTP, oldest first. */
  public static List<ProtocolVersion> revisions() {
    return Arrays.stream(ProtocolVersion.values())
        .filter(version -> !version.modern() && version != ProtocolVersion.V2024_11_05)
        .toList();
  }

  /** The legacy revisions, oldest first, whatever their transport. */
  public static List<ProtocolVersion> everyRevision() {
    return Arrays.stream(ProtocolVersion.values()).filter(version -> !version.modern()).toList();
  }

  /** The revision the client asks for if we speak it, else our latest legacy one. */
  public static ProtocolVersion negotiate(JsonObject params, List<ProtocolVersion> spoken) {
    String asked = params.string("protocolVersion");
    ProtocolVersion version = asked == null ? null : ProtocolVersion.ofText(asked);
    return version != null && spoken.contains(version) ? version : ProtocolVersion.LATEST_LEGACY;
  }

  /** What is wrong with the parameters of {@code initialize}, or null. */
  public static @Nullable String fault(RequestFacts facts, JsonObject params) {
    if (params.string("protocolVersion") == null) {
      return "protocolVersion is not a string";
    }
    if (params.object("capabilities") == null || params.object("clientInfo") == null) {
      return "capabilities and clientInfo are not both objects";
    }
    return RequestReader.allowed(Method.INITIALIZE, params, facts)
        ? null
        : "unknown member in params";
  }
}
