package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.Classification;
import dev.mcpguard.registry.DataExposure;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import dev.mcpguard.registry.ServerId;
import dev.mcpguard.registry.ToolDeclaration;
import dev.mcpguard.registry.ToolLimits;
import dev.mcpguard.registry.ToolName;
import dev.mcpguard.registry.ToolStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Served tools for tests. */
public final class Tools {
  private Tools() {}

  /** A read tool with this definition, approved. */
  public static ServedTool served(String server, JsonObject definition, String... redact) {
    String name = definition.string("name");
    Digest digest = Digest.of(definition);
    ToolDeclaration declaration = declared(name == null ? "echo" : name, digest, redact);
    RegisteredTool registered =
        new RegisteredTool(
            new ServerId(server), "owner", declaration, ToolStatus.APPROVED, Set.of());
    return new ServedTool(registered, definition, digest);
  }

  /** A read tool pinned to this digest. */
  public static ToolDeclaration declared(
      String name, @Nullable Digest digest, String... redact) {
    List<JsonPointer> pointers = List.of(redact).stream().map(JsonPointer::new).toList();
    return new ToolDeclaration(
        new ToolName(name),
        new Classification(RiskClass.READ, Set.of()),
        exposure(),
        digest,
        new ToolDeclaration.Demands(List.of(), pointers, ToolLimits.NONE, null));
  }

  /** Internal data that stays inside. */
  public static DataExposure exposure() {
    return new DataExposure(Sensitivity.INTERNAL, Destination.INTERNAL);
  }
}
