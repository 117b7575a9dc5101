package dev.mcpguard.audit.query;

import dev.mcpguard.audit.LogEntry;
import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asked whom, as a tree: task, then the agent that a token was issued for, then whoever acts for
 * it, the last one last (RFC 8693), then the calls with class, sensitivity, decision and fate, in
 * order. Feed it entries, then render. Not thread-safe; memory grows with the entries of the chain.
 */
public final class CallChain {
  private final Map<String, Node> roots = new LinkedHashMap<>();
  private final Map<String, Node> calls = new HashMap<>();

  private static final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();
    private final String label;
    private JsonObject facts;
    private String suffix = "";
    private boolean awaited;

    Node(String label, JsonObject facts) {
      this.label = label;
      this.facts = facts;
    }

    /** The node below it with these facts; of two that read alike each has its own. */
    static Node below(Map<String, Node> level, String label, JsonObject facts) {
      return level.computeIfAbsent(CanonicalJson.text(facts), any -> new Node(label, facts));
    }
  }

  private record Step(String label, JsonObject facts) {}

  /**
   * The chain of the requests that match, with how each ended: an outcome names its call, but
   * neither task nor trace, so it is looked for by itself.
   */
  public static CallChain of(CallLogQuery query, CallFilter filter) throws IOException {
    CallChain chain = new CallChain();
    query.each(
        filter,
        entry -> {
          chain.add(entry);
          return true;
        });
    if (chain.calls.values().stream().anyMatch(call -> call.awaited)) {
      query.each(
          CallFilter.all().between(filter.from(), null).with(Column.KIND, "outcome"),
          entry -> {
            chain.add(entry);
            return true;
          });
    }
    return chain;
  }

  /** Adds an admission, refusal or outcome; other kinds and outcomes of unseen calls are no matter. */
  public void add(LogEntry entry) {
    LeafScan leaf = LeafScan.of(entry.leaf(), 0);
    String decisionId = String.valueOf(leaf.string("decision_id"));
    String kind = String.valueOf(leaf.string("kind"));
    if (kind.equals("outcome")) {
      Node call = calls.get(decisionId);
      if (call != null) {
        String fate = member(entry.json(), "fate");
        call.suffix = " -> " + fate;
        call.facts = call.facts.with("fate", new JsonString(fate));
        call.awaited = false;
      }
    } else if (!kind.equals("event")) {
      calls.put(decisionId, place(entry.json(), entry, decisionId));
    }
  }

  private Node place(JsonObject record, LogEntry entry, String decisionId) {
    Map<String, Node> level = roots;
    for (Step step : path(record)) {
      level = Node.below(level, step.label(), step.facts()).children;
    }
    String reason = record.string("reason");
    String result = object(record, "decision").string("result");
    String asked = AskedFor.of(entry);
    String label =
        member(record, "time") + " " + asked + " "
            + (result == null ? RecordView.undecided(record) : result)
            + (reason == null ? "" : " " + reason)
            + " (" + entry.instance() + ":" + entry.sequence() + ", " + decisionId + ")";
    JsonObject facts =
        JsonObject.builder()
            .put("time", member(record, "time"))
            .put("asked", asked)
            .putIfPresent("tool", record.object("tool"))
            .putIfPresent("result", result)
            .putIfPresent("reason", reason)
            .put("instance", entry.instance())
            .put("seq", entry.sequence())
            .put("decision_id", decisionId)
            .build();
    Node call = Node.below(level, label, facts);
    call.awaited = "admission".equals(record.string("kind"));
    return call;
  }

  private static List<Step> path(JsonObject record) {
    List<Step> path = new ArrayList<>();
    JsonObject principal = object(record, "principal");
    String task = member(object(record, "intent"), "task");
    path.add(new Step("task " + task, JsonObject.of().with("task", new JsonString(task))));
    String agent = member(principal, "agent");
    String owner = member(principal, "owner");
    path.add(
        new Step(
            "agent " + agent + " (" + owner + ")",
            JsonObject.builder().put("agent", agent).put("owner", owner).build()));
    JsonArray delegation = principal.array("delegation");
    if (delegation != null) {
      // the record has who acts now first, as the token has
      for (JsonValue actor : delegation.values().reversed()) {
        path.add(new Step("asked " + actor(actor), JsonObject.of().with("actor", actor)));
      }
    }
    return path;
  }

  private static String actor(JsonValue actor) {
    String subject = actor instanceof JsonObject object ? object.string("subject") : null;
    String issuer = actor instanceof JsonObject object ? object.string("issuer") : null;
    return subject == null
        ? CanonicalJson.text(actor)
        : subject + (issuer == null ? "" : " of " + issuer);
  }

  private static JsonObject object(JsonObject record, String name) {
    JsonObject object = record.object(name);
    return object == null ? JsonObject.of() : object;
  }

  private static String member(JsonObject object, String name) {
    @Nullable String text = object.string(name);
    return text == null ? "-" : text;
  }

  /** Whether no request was added. */
  public boolean empty() {
    return calls.isEmpty();
  }

  /** The tree as text. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Node node : roots.values()) {
      out.append(VisibleText.of(node.label)).append('\n');
      children(node, "", out);
    }
    return out.toString();
  }

  private static void children(Node node, String indent, StringBuilder out) {
    int left = node.children.size();
    for (Node child : node.children.values()) {
      boolean last = --left == 0;
      out.append(indent).append(last ? "\u2514\u2500 " : "\u251c\u2500 ");
      out.append(VisibleText.of(child.label + child.suffix)).append('\n');
      children(child, indent + (last ? "   " : "\u2502  "), out);
    }
  }

  /** The tree for a machine: each task with its agents, actors and calls below it as {@code next}. */
  public JsonArray json() {
    return json(roots);
  }

  private static JsonArray json(Map<String, Node> level) {
    List<JsonValue> nodes = new ArrayList<>();
    for (Node node : level.values()) {
      nodes.add(
          node.children.isEmpty() ? node.facts : node.facts.with("next", json(node.children)));
    }
    return new JsonArray(nodes);
  }
}
