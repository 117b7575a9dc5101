package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.ToolOffer.Served;
import dev.mcpguard.registry.ToolOffer.Withheld;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of a server's live tools is served: those declared, pinned and unchanged, and nothing else.
 * A pure function of the manifest and one complete listing. Immutable and thread-safe.
 */
public final class LiveCatalogue {
  private final ServerManifest manifest;
  private final Map<String, Served> served;
  private final List<Withheld> withheld;
  private final List<JsonObject> listing;

  private LiveCatalogue(
      ServerManifest manifest,
      Map<String, Served> served,
      List<Withheld> withheld,
      List<JsonObject> listing) {
    this.manifest = manifest;
    this.served = Collections.unmodifiableMap(served);
    this.withheld = List.copyOf(withheld);
    this.listing = List.copyOf(listing);
  }

  /**
   * Compares a complete listing with the manifest.
   *
   * @param classifier what the guard itself holds a definition for; null from it says nothing
   */
  public static LiveCatalogue of(
      ServerManifest manifest,
      List<JsonObject> live,
      Function<JsonObject, @Nullable ClassFinding> classifier) {
    Map<String, Integer> listed = new HashMap<>();
    for (JsonObject definition : live) {
      listed.merge(name(definition), 1, Integer::sum);
    }
    Map<String, Served> served = new LinkedHashMap<>();
    List<Withheld> withheld = new ArrayList<>();
    for (JsonObject definition : live) {
      boolean once = listed.getOrDefault(name(definition), 0) == 1;
      switch (offer(manifest, definition, once, classifier)) {
        case Served tool -> served.put(tool.tool().name().text(), tool);
        case Withheld tool -> withheld.add(tool);
      }
    }
    return new LiveCatalogue(manifest, served, withheld, live);
  }

  private static ToolOffer offer(
      ServerManifest manifest,
      JsonObject definition,
      boolean once,
      Function<JsonObject, @Nullable ClassFinding> classifier) {
    String name = name(definition);
    RegisteredTool tool = manifest.tool(name);
    Digest live = DefinitionDigest.of(definition);
    if (tool == null) {
      String detail = "not declared in the manifest";
      return new Withheld(name, WithheldReason.TOOL_UNKNOWN, detail, live, null);
    }
    Digest pinned = tool.digest();
    if (!once) {
      String detail = "listed more than once by the server";
      return new Withheld(name, WithheldReason.TOOL_QUARANTINED, detail, live, pinned);
    }
    Suspension suspension = tool.declaration().standing().suspension();
    if (suspension != null) {
      String detail = suspension == Suspension.RETIRED ? "retired" : "quarantined by a person";
      return new Withheld(name, WithheldReason.TOOL_QUARANTINED, detail, live, pinned);
    }
    if (definition.object("inputSchema") == null) {
      String detail = "its definition has no input schema";
      return new Withheld(name, WithheldReason.TOOL_QUARANTINED, detail, live, pinned);
    }
    if (pinned == null) {
      String detail = "no definition is approved yet";
      return new Withheld(name, WithheldReason.TOOL_QUARANTINED, detail, live, null);
    }
    if (!pinned.equals(live)) {
      String detail = "its definition is not the approved one";
      return new Withheld(name, WithheldReason.TOOL_CHANGED, detail, live, pinned);
    }
    ClassFinding finding = classifier.apply(definition);
    String blocked = StandingFindings.blocked(tool, live, finding);
    if (blocked != null) {
      return new Withheld(name, WithheldReason.TOOL_QUARANTINED, blocked, live, pinned);
    }
    EffectiveClass effective =
        EffectiveClass.of(
            tool.declaration().classification(),
            definition,
            StandingFindings.about(tool, live, finding));
    return new Served(effective.applyTo(tool), definition, effective.reasons());
  }

  private static String name(JsonObject definition) {
    String name = definition.string("name");
    return name == null ? "" : name;
  }

  /** The tool's standing; a tool the server does not list is unknown, declared or not. */
  public ToolOffer find(String name) {
    Served tool = served.get(name);
    if (tool != null) {
      return tool;
    }
    for (Withheld candidate : withheld) {
      if (candidate.name().equals(name)) {
        return candidate;
      }
    }
    RegisteredTool declared = manifest.tool(name);
    String detail = declared == null ? "not declared in the manifest" : "not listed by the server";
    Digest pinned = declared == null ? null : declared.digest();
    return new Withheld(name, WithheldReason.TOOL_UNKNOWN, detail, null, pinned);
  }

  public ServerManifest manifest() {
    return manifest;
  }

  /** Every tool object as received, for operators who compare and approve; hostile. */
  public List<JsonObject> listing() {
    return listing;
  }

  /** In the order of the listing. */
  public Collection<Served> served() {
    return served.values();
  }

  /** In the order of the listing; a name may be there several times. */
  public List<Withheld> withheld() {
    return withheld;
  }
}
