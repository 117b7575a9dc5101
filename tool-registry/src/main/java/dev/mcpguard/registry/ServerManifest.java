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
 * @param primitives what is said of resources and prompts
 * @param source the manifest as written, for evidence and digests
 */
public record ServerManifest(
    ServerId server,
    Stewardship stewardship,
    Connection connection,
    Map<String, ToolDeclaration> tools,
    Primitives primitives,
    JsonObject source) {

  /** How the server is reached, with what credential, and what its data is. */
  public record Connection(Transport transport, Credential credential, DataExposure exposure) {}

  /** Rules for what is no tool. */
  public record Primitives(PrimitiveRules resources, PrimitiveRules prompts) {
    /** A manifest that says nothing: everything reads, with the server's exposure. */
    public static Primitives standard(DataExposure exposure) {
      return new Primitives(PrimitiveRules.none(exposure), PrimitiveRules.none(exposure));
    }
  }

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

  /** The resource, prompt or server as the registry sees it, or null where it is not served. */
  public @Nullable RegisteredPrimitive primitive(PrimitiveKind kind, String name) {
    PrimitiveRule rule =
        switch (kind) {
          case RESOURCE -> primitives.resources().of(kind, name);
          case PROMPT -> primitives.prompts().of(kind, name);
          case SERVER -> PrimitiveRule.standard(connection.exposure());
        };
    return rule.served()
        ? new RegisteredPrimitive(server, stewardship.owner(), kind, name, rule)
        : null;
  }

  private static ToolStatus status(ToolDeclaration.Standing standing) {
    return switch (standing.suspension()) {
      case null -> standing.digest() == null ? ToolStatus.PENDING : ToolStatus.APPROVED;
      case QUARANTINED -> ToolStatus.QUARANTINED;
      case RETIRED -> ToolStatus.RETIRED;
    };
  }
}
