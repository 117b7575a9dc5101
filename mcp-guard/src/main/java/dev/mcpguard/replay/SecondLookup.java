package dev.mcpguard.replay;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegisteredTool;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.ToolOffer;
import java.io.IOException;
import java.util.List;

/** The registry step of one record, from the manifests and the definition kept as evidence. */
final class SecondLookup {
  /** What the registry says now. */
  sealed interface Found {}

  record Served(ServedTool tool) implements Found {}

  record Refused(String reason) implements Found {}

  /** It hung on what a server answered. */
  record Unknowable(String cause) implements Found {}

  /** It should be here and is not. */
  record Lost(String cause) implements Found {}

  private final RecordedCall call;
  private final EvidenceShelf shelf;
  private final ReplaySteps steps;
  private final ReplaySteps.Candidate candidate;
  private final String reason;

  SecondLookup(
      RecordedCall call,
      EvidenceShelf shelf,
      ReplaySteps steps,
      ReplaySteps.Candidate candidate) {
    this.call = call;
    this.shelf = shelf;
    this.steps = steps;
    this.candidate = candidate;
    this.reason = String.valueOf(call.record().string("reason"));
  }

  Found find() throws IOException {
    String instance = call.entry().instance();
    RegistrySnapshot registry =
        candidate.registry() != null
            ? candidate.registry()
            : shelf.registry(instance, call.record().string("registry_revision"));
    if (registry == null) {
      return new Lost("evidence-missing");
    }
    String tool = String.valueOf(call.text("asked", "tool"));
    ServerManifest manifest = registry.manifest(String.valueOf(call.text("asked", "server")));
    RegisteredTool declared = manifest == null ? null : manifest.tool(tool);
    if (manifest == null || declared == null) {
      return new Refused(ReasonCode.TOOL_UNKNOWN.text());
    }
    String served = call.text("tool", "definition_digest");
    String listed = served == null ? call.text("asked", "live_digest") : served;
    if (listed == null) {
      return unlisted();
    }
    JsonObject definition = shelf.definition(instance, listed);
    if (definition == null) {
      return served == null ? byDigest(declared, listed) : new Lost("evidence-missing");
    }
    String key = registry.revision().text() + "/" + listed + "/" + manifest.server() + "/" + tool;
    Found found = shelf.derived(Found.class, key, () -> offer(manifest, definition, tool));
    return found instanceof Served && served == null && !candidate.present()
        ? new Unknowable("listing")
        : found;
  }

  private Found unlisted() {
    if (ReasonCode.DOWNSTREAM_UNREACHABLE.text().equals(reason)) {
      return new Unknowable("server");
    }
    if (ReasonCode.TOOL_UNKNOWN.text().equals(reason)) {
      // declared, and the server did not list it: that it did not is what the record says
      return new Refused(reason);
    }
    return new Unknowable("condition");
  }

  /** A definition that was never approved is not kept; its digest is enough to refuse it again. */
  private static Found byDigest(RegisteredTool declared, String listed) {
    Digest pinned = declared.digest();
    if (pinned == null) {
      return new Refused(ReasonCode.TOOL_QUARANTINED.text());
    }
    return pinned.text().equals(listed)
        ? new Unknowable("listing")
        : new Refused(ReasonCode.TOOL_CHANGED.text());
  }

  private Found offer(ServerManifest manifest, JsonObject definition, String tool) {
    LiveCatalogue live = LiveCatalogue.of(manifest, List.of(definition), steps.classifier());
    return switch (live.find(tool)) {
      case ToolOffer.Withheld withheld -> new Refused(withheld.reason().code());
      case ToolOffer.Served offer ->
          new Served(new ServedTool(offer.tool(), definition, Digest.of(definition)));
    };
  }
}
