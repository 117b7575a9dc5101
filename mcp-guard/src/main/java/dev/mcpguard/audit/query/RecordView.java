package dev.mcpguard.audit.query;

import dev.mcpguard.audit.store.LeafScan;
import dev.mcpguard.json.CanonicalJson;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call on one screen for {@code audit show}: the story, the inputs, the rules, the proof. */
public final class RecordView {
  private static final int WIDTH = 96;
  private static final List<String> HASHES =
      List.of("arguments_digest", "reply_digest", "registry_revision", "agents_revision");

  private final StringBuilder out = new StringBuilder();

  private RecordView() {}

  /**
   * @param decided the admission, refusal or event
   * @param outcome what followed, for an admission
   * @param payloads clear text of payloads the reader may see, by role
   * @param proof lines on what proves it
   */
  public static String of(
      JsonObject decided,
      @Nullable JsonObject outcome,
      Map<String, String> payloads,
      List<String> proof) {
    RecordView view = new RecordView();
    view.story(decided, outcome);
    view.section("INPUTS");
    for (String name : List.of("principal", "client", "asked", "intent", "tool", "primitive", "event")) {
      view.object(name, decided.object(name));
    }
    view.section("DECISION");
    view.object("decision", decided.object("decision"));
    view.section("DIGESTS");
    HASHES.forEach(name -> view.line(name, decided.get(name)));
    if (outcome != null) {
      HASHES.forEach(name -> view.line(name, outcome.get(name)));
      view.object("latency_us", outcome.object("latency_us"));
    }
    payloads.forEach((role, text) -> view.line(role, new JsonString(text)));
    view.section("PROOF");
    proof.forEach(line -> view.out.append("  ").append(VisibleText.of(line)).append('\n'));
    return view.out.toString();
  }

  private void story(JsonObject decided, @Nullable JsonObject outcome) {
    out.append(text(decided, "time")).append("  ").append(text(decided, "kind")).append(' ');
    out.append(text(decided, "seq")).append("  ").append(text(decided, "decision_id"));
    JsonObject event = decided.object("event");
    if (event != null) {
      out.append("\n  ").append(text(event, "type")).append('\n');
      return;
    }
    JsonObject principal = orEmpty(decided.object("principal"));
    String agent = principal.string("agent");
    out.append("\n  ").append(agent == null ? "nobody known" : text(principal, "agent"));
    if (principal.string("owner") != null) {
      out.append(" (").append(text(principal, "owner")).append(')');
    }
    String about = AskedFor.of(LeafScan.of(CanonicalJson.bytes(decided), 0));
    out.append(" asked for ").append(VisibleText.cut(about, WIDTH));
    String method = decided.string("method");
    out.append(method == null || method.isEmpty() ? "" : " by " + text(decided, "method"));
    JsonObject intent = decided.object("intent");
    if (intent != null) {
      out.append("\n  to ").append(text(intent, "purpose")).append(", task ");
      out.append(text(intent, "task"));
    }
    JsonObject decision = decided.object("decision");
    out.append("\n  ");
    out.append(decision == null ? verdict(decided) : text(decision, "result"));
    out.append(decided.string("reason") == null ? "" : ", reason " + text(decided, "reason"));
    out.append('\n');
    if (decided.string("detail") != null) {
      out.append("  because ").append(text(decided, "detail")).append('\n');
    }
    if (outcome != null) {
      out.append("  then: ").append(text(outcome, "fate")).append(" at ");
      out.append(text(outcome, "time"));
      out.append(outcome.string("reason") == null ? "" : ", reason " + text(outcome, "reason"));
      out.append(", ").append(text(outcome, "reply_bytes")).append(" bytes of reply\n");
    }
  }

  private static String verdict(JsonObject decided) {
    return "refusal".equals(decided.string("kind"))
        ? undecided(decided)
        : "answered without a decision of policy";
  }

  /** What a refusal without a decision is. */
  static String undecided(JsonObject refusal) {
    return refusal.has("shortened")
        ? "refused; the record was too large, what policy said is not in it"
        : "refused before policy was asked";
  }

  private static JsonObject orEmpty(@Nullable JsonObject object) {
    return object == null ? JsonObject.of() : object;
  }

  private static String text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value == null ? "-" : VisibleText.cut(plain(value), WIDTH);
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonString string ? string.value() : CanonicalJson.text(value);
  }

  private void section(String title) {
    out.append(title).append('\n');
  }

  private void object(String name, @Nullable JsonObject object) {
    if (object == null) {
      return;
    }
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      boolean empty = member.getValue() instanceof JsonArray array && array.values().isEmpty();
      if (!empty) {
        line(name + "." + member.getKey(), member.getValue());
      }
    }
  }

  private void line(String name, @Nullable JsonValue value) {
    if (value != null) {
      String label = VisibleText.cut(name, 28);
      out.append("  ").append(label).append(" ".repeat(Math.max(1, 30 - label.length())));
      out.append(VisibleText.cut(plain(value), WIDTH)).append('\n');
    }
  }
}
