package dev.mcpguard.audit.query;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asked whom, as a tree: task, then those who delegated, then the agent, then its calls with
 * class, sensitivity, decision and fate, in order. Feed it entries, then render. Not thread-safe;
 * memory grows with the entries of the chain.
 */
public final class CallChain {
  private final Map<String, Node> roots = new LinkedHashMap<>();
  private final Map<String, Node> calls = new HashMap<>();

  private static final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();
    private String suffix = "";
  }

  /**
   * Adds an admission, refusal or outcome; other kinds and outcomes of unseen calls are no matter.
   */
  public void add(LogEntry entry) {
    JsonObject record = entry.json();
    String decisionId = String.valueOf(record.string("decision_id"));
    String kind = String.valueOf(record.string("kind"));
    if (kind.equals("outcome")) {
      Node call = calls.get(decisionId);
      if (call != null) {
        call.suffix = " -> " + member(record, "fate");
      }
    } else if (!kind.equals("event")) {
      calls.put(decisionId, place(record, entry, decisionId));
    }
  }

  private Node place(JsonObject record, LogEntry entry, String decisionId) {
    Map<String, Node> level = roots;
    Node node = new Node();
    for (String step : path(record)) {
      node = level.computeIfAbsent(step, name -> new Node());
      level = node.children;
    }
    String reason = record.string("reason");
    String result = object(record, "decision").string("result");
    String label =
        member(record, "time") + " " + AskedFor.of(entry) + " "
            + (result == null ? "refused before policy" : result)
            + (reason == null ? "" : " " + reason)
            + " (" + entry.instance() + ":" + entry.sequence() + ", " + decisionId + ")";
    return level.computeIfAbsent(label, name -> new Node());
  }

  private static List<String> path(JsonObject record) {
    List<String> path = new ArrayList<>();
    JsonObject principal = object(record, "principal");
    path.add("task " + member(object(record, "intent"), "task"));
    JsonArray delegation = principal.array("delegation");
    if (delegation != null) {
      delegation.values().forEach(actor -> path.add("by " + actor(actor)));
    }
    path.add("agent " + member(principal, "agent") + " (" + member(principal, "owner") + ")");
    return path;
  }

  private static String actor(JsonValue actor) {
    if (actor instanceof JsonObject object) {
      String name = object.string("agent");
      String subject = name == null ? object.string("subject") : name;
      return subject == null ? CanonicalJson.text(object) : subject;
    }
    return actor instanceof JsonString name ? name.value() : CanonicalJson.text(actor);
  }

  private static JsonObject object(JsonObject record, String name) {
    JsonObject object = record.object(name);
    return object == null ? JsonObject.of() : object;
  }

  private static String member(JsonObject object, String name) {
    @Nullable String text = object.string(name);
    return text == null ? "-" : text;
  }

  /** The tree as text. */
  public String text() {
    StringBuilder out = new StringBuilder();
    roots.forEach(
        (name, node) -> {
          out.append(VisibleText.of(name)).append('\n');
          children(node, "", out);
        });
    return out.toString();
  }

  private static void children(Node node, String indent, StringBuilder out) {
    int left = node.children.size();
    for (Map.Entry<String, Node> child : node.children.entrySet()) {
      boolean last = --left == 0;
      out.append(indent).append(last ? "\u2514\u2500 " : "\u251c\u2500 ");
      out.append(VisibleText.of(child.getKey() + child.getValue().suffix)).append('\n');
      children(child.getValue(), indent + (last ? "   " : "\u2502  "), out);
    }
  }

  /** Whether an entry belongs to some chain at all. */
  public static boolean belongs(LogEntry entry) {
    return !"event".equals(LeafScan.of(entry.leaf(), 0).string("kind"));
  }
}
