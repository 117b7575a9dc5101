package dev.mcpguard.app.registry;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.DefinitionStore;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.ToolDeclaration;
import dev.mcpguard.registry.ToolOffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tool that a server offers otherwise than it was approved. Immutable.
 *
 * @param detail why it is not served
 * @param words what changed, safe to print
 */
public record LiveDifference(
    String id, String detail, @Nullable Digest pinned, @Nullable Digest live, List<String> words) {
  public LiveDifference {
    words = List.copyOf(words);
  }

  /** Every difference of one server, declared tools first. */
  public static List<LiveDifference> of(
      LiveCatalogue catalogue, DefinitionStore store, boolean coloured) {
    List<LiveDifference> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ToolDeclaration tool : catalogue.manifest().tools().values()) {
      String name = tool.name().text();
      seen.add(name);
      if (catalogue.find(name) instanceof ToolOffer.Withheld offer
          && tool.standing().suspension() == null) {
        all.add(of(catalogue, offer, store, coloured));
      }
    }
    for (ToolOffer.Withheld offer : catalogue.withheld()) {
      if (seen.add(offer.name())) {
        all.add(of(catalogue, offer, store, coloured));
      }
    }
    return all;
  }

  private static LiveDifference of(
      LiveCatalogue catalogue, ToolOffer.Withheld offer, DefinitionStore store, boolean coloured) {
    JsonObject live = LiveListing.only(catalogue, offer.name());
    JsonObject approved = offer.pinned() == null ? null : store.find(offer.pinned());
    List<String> words = new ArrayList<>();
    if (live != null && !DefinitionDigest.of(live).equals(offer.pinned())) {
      if (offer.pinned() != null && approved == null) {
        words.add("the approved text is not kept; all of the live text follows");
      }
      words.addAll(
          DefinitionDiff.lines(approved == null ? JsonObject.of() : approved, live, coloured));
    }
    String id = catalogue.manifest().server().text() + "/" + VisibleText.cut(offer.name(), 128);
    return new LiveDifference(id, offer.detail(), offer.pinned(), offer.live(), words);
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(id + ": " + detail);
    words.forEach(word -> lines.add("  " + word));
    return lines;
  }

  /** For programs. */
  public JsonObject json() {
    return JsonObject.builder()
        .put("tool", id)
        .put("detail", detail)
        .putIfPresent("pinned_digest", pinned == null ? null : pinned.text())
        .putIfPresent("live_digest", live == null ? null : live.text())
        .put("difference", JsonArray.ofStrings(words))
        .build();
  }
}
