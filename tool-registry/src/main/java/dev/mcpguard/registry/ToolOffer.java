package dev.mcpguard.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a tool is served, and as what. Immutable. */
public sealed interface ToolOffer {

  /**
   * Declared, pinned and unchanged.
   *
   * @param tool with its effective class
   * @param definition the approved text: its digest is the pinned one
   * @param reasons what raised the class above the declaration, in words
   */
  record Served(RegisteredTool tool, JsonObject definition, List<String> reasons)
      implements ToolOffer {
    public Served {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Neither listed nor callable.
   *
   * @param name as the server spells it, hostile until proven otherwise; empty when it has none
   * @param detail one short sentence for people, nothing of the definition in it
   * @param live the digest of what the server offers, null when nothing
   * @param pinned the digest that was approved, null when none
   */
  record Withheld(
      String name,
      WithheldReason reason,
      String detail,
      @Nullable Digest live,
      @Nullable Digest pinned)
      implements ToolOffer {}
}
