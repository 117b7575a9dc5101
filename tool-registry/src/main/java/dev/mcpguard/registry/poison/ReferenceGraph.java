package dev.mcpguard.registry.poison;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The local references of one schema: finds those that never end and those that multiply. Each
 * target is measured once, so the time is linear in references times targets.
 */
final class ReferenceGraph {
  private static final long MOST_EXPANDED = 10_000;
  private static final int MOST_TARGETS = 2_000;
  private final String root;
  private final TreeMap<String, String> references = new TreeMap<>();
  private final Map<String, Long> expanded = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private boolean recursive;

  ReferenceGraph(String root, JsonObject schema) {
    this.root = root;
    collect(root, schema, 0);
  }

  private void collect(String place, JsonValue value, int level) {
    if (level > DefinitionWalk.DEEPEST) {
      return;
    }
    if (value instanceof JsonObject object) {
      String target = object.string("$ref");
      if (target != null && target.startsWith("#")) {
        references.put(place, target(target));
      }
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        collect(Pointer.child(place, member.getKey()), member.getValue(), level + 1);
      }
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.values().size(); i++) {
        collect(place + "/" + i, array.values().get(i), level + 1);
      }
    }
  }

  private String target(String reference) {
    String pointer = reference.substring(1);
    return pointer.isEmpty() || pointer.startsWith("/") ? root + pointer : root + "/#" + pointer;
  }

  void check(Findings findings) {
    if (references.size() > MOST_TARGETS) {
      findings.block(
          PoisonCode.SCHEMA_SIZE, root, "holds " + references.size() + " references");
      return;
    }
    long size = size(root, 0);
    if (recursive) {
      findings.warn(PoisonCode.SCHEMA_RECURSION, root, "refers to itself");
    }
    if (size > MOST_EXPANDED) {
      findings.block(
          PoisonCode.SCHEMA_SIZE, root, "its references multiply to more than " + MOST_EXPANDED);
    }
  }

  private long size(String target, int level) {
    Long known = expanded.get(target);
    if (known != null) {
      return known;
    }
    if (!open.add(target) || level > DefinitionWalk.DEEPEST) {
      recursive = true;
      return 1;
    }
    long size = 1;
    for (Map.Entry<String, String> reference : references.tailMap(target, true).entrySet()) {
      if (!reference.getKey().startsWith(target)) {
        break;
      }
      if (Pointer.inside(reference.getKey(), target) && !stored(reference.getKey(), target)) {
        size = Math.min(size + size(reference.getValue(), level + 1), 2 * MOST_EXPANDED);
      }
    }
    open.remove(target);
    expanded.put(target, size);
    return size;
  }

  // what lies in a definition counts where the definition is used
  private static boolean stored(String place, String target) {
    String below = place.substring(target.length());
    return below.startsWith("/$defs/") || below.startsWith("/definitions/");
  }
}
