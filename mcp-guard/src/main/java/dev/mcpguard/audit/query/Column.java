package dev.mcpguard.audit.query;

import dev.mcpguard.audit.store.LeafScan;
import org.jspecify.annotations.Nullable;

/** What records can be filtered by; each is a column of the index. Order is part of its format. */
public enum Column {
  KIND,
  DECISION_ID,
  AGENT,
  OWNER,
  SERVER,
  TOOL,
  CLASS,
  DECISION,
  REASON,
  TASK,
  TRACE;

  /** The value in a record, or null. A tool is {@code server/name}; a trace is its 32 digits. */
  @Nullable String of(LeafScan leaf) {
    return switch (this) {
      case KIND -> leaf.text("kind");
      case DECISION_ID -> leaf.text("decision_id");
      case AGENT -> leaf.object("principal").text("agent");
      case OWNER -> leaf.object("principal").text("owner");
      case SERVER -> leaf.object("tool").text("server");
      case TOOL -> tool(leaf.object("tool"));
      case CLASS -> leaf.object("tool").text("class");
      case DECISION -> leaf.object("decision").text("result");
      case REASON -> leaf.text("reason");
      case TASK -> leaf.object("intent").text("task");
      case TRACE -> trace(leaf.object("trace").text("traceparent"));
    };
  }

  private static @Nullable String tool(LeafScan tool) {
    String server = tool.text("server");
    String name = tool.text("name");
    return server == null || name == null ? null : server + "/" + name;
  }

  private static @Nullable String trace(@Nullable String parent) {
    // W3C Trace Context: version 2, dash, trace id 32
    return parent != null && parent.length() >= 35 ? parent.substring(3, 35) : null;
  }
}
