package dev.mcpguard.downstream.wire;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.TasksExtension;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is, as far as a server's state depends on it. Names the caller, proves nothing,
 * and is never sent.
 *
 * @param principal the verified caller, or null for the guard's own requests
 * @param version the revision the caller speaks
 * @param capabilities what the caller can do for a server, cut to what the guard mediates
 */
public record Caller(
    @Nullable PrincipalKey principal, ProtocolVersion version, JsonObject capabilities) {

  /** The guard itself. */
  public static Caller guard(ProtocolVersion version) {
    return new Caller(null, version, JsonObject.of());
  }

  /** The caller whose {@code _meta} this is. */
  static Caller of(PrincipalKey principal, ProtocolVersion version, JsonObject meta) {
    JsonObject stated = meta.object(MetaKeys.CAPABILITIES);
    return new Caller(principal, version, stated == null ? JsonObject.of() : mediated(stated));
  }

  /**
   * The same as a modern server sees it that may answer by a task, if the client declared that it
   * takes one: the gate leaves the extension in {@code meta} only where a task can be kept.
   */
  Caller takingTasks(JsonObject meta) {
    return version.modern() && TasksExtension.declared(meta)
        ? new Caller(principal, version, TasksExtension.announced(capabilities))
        : this;
  }

  /** INVARIANT: an allow-list; an extension the guard does not mediate is dropped here. */
  private static JsonObject mediated(JsonObject stated) {
    JsonObject.Builder kept = JsonObject.builder();
    for (String name : new String[] {"elicitation", "sampling", "roots"}) {
      kept.putIfPresent(name, stated.object(name));
    }
    return kept.build();
  }

  /**
   * The caller as a server with a handshake sees it. A modern client cannot be asked in the middle of
   * a call, so unless its calls can be parked it has nothing to declare. Such a server knows no
   * extension.
   */
  public Caller withSession(boolean parks) {
    JsonObject kept = capabilities.without(TasksExtension.EXTENSIONS);
    return new Caller(principal, version, version.modern() && !parks ? JsonObject.of() : kept);
  }

  /** The capabilities as text, for use in keys. */
  public String capabilitiesText() {
    return JsonText.text(capabilities);
  }
}
