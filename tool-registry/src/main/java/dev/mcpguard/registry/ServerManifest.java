package dev.mcpguard.registry;

import dev.mcpguard.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tool server's manifest. Immutable and thread-safe.
 *
 * @param tools by name, in the order written
 * @param source the manifest as written, for evidence and digests
 */
public record ServerManifest(
    ServerId server,
    Stewardship stewardship,
    Connection connection,
    Map<String, ToolDeclaration> tools,
    JsonObject source) {

  /** How the server is reached, with what credential, and what its data is. */
  public record Connection(Transport transport, Credential credential, DataExposure exposure) {}

  public ServerManifest {
    tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
  }

  /** The tool as far as the manifest alone knows it, or null when not declared. */
  public @Nullable RegisteredTool tool(String name) {
    ToolDeclaration declaration = tools.get(name);
    if (declaration == null) {
      return null;
    }
    ToolStatus status = status(declaration.standing());
    return new RegisteredTool(server, stewardship.owner(), declaration, status, Set.of());
  }

  private static ToolStatus status(ToolDeclaration.Standing standing) {
    return switch (standing.suspension()) {
      case null -> standing.digest() == null ? ToolStatus.PENDING : ToolStatus.APPROVED;
      case QUARANTINED -> ToolStatus.QUARANTINED;
      case RETIRED -> ToolStatus.RETIRED;
    };
  }
}
