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
  TOOL_NAME,
  CLASS,
  DECISION,
  REASON,
  TASK,
  TRACE;

  /**
   * The value in a record, or null. A tool is {@code server/name}, its name the part the server
   * gave it; where no registered one was found, what was asked for; for other requests the prompt or
   * resource; of an event the tool it is about. A trace is its 32 digits.
   */
  @Nullable String of(LeafScan leaf) {
    return switch (this) {
      case KIND -> leaf.text("kind");
      case DECISION_ID -> leaf.text("decision_id");
      case AGENT -> leaf.object("principal").text("agent");
      case OWNER -> leaf.object("principal").text("owner");
      case SERVER -> about(leaf).text("server");
      case TOOL -> tool(about(leaf).text("server"), name(leaf));
      case TOOL_NAME -> name(leaf);
      case CLASS -> about(leaf).text("class");
      case DECISION -> leaf.object("decision").text("result");
      case REASON -> leaf.text("reason");
      case TASK -> leaf.object("intent").text("task");
      case TRACE -> trace(leaf.object("trace").text("traceparent"));
    };
  }

  /** What the record is about: the registered tool or primitive, else what was asked for. */
  private static LeafScan about(LeafScan leaf) {
    for (String member : new String[] {"tool", "primitive", "event"}) {
      LeafScan about = leaf.object(member);
      if (about.text("server") != null) {
        return about;
      }
    }
    return leaf.object("asked");
  }

  private static @Nullable String name(LeafScan leaf) {
    LeafScan about = about(leaf);
    for (String member : new String[] {"name", "tool", "prompt", "resource"}) {
      String name = about.text(member);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  private static @Nullable String tool(@Nullable String server, @Nullable String name) {
    return server == null || name == null ? null : server + "/" + name;
  }

  private static @Nullable String trace(@Nullable String parent) {
    // W3C Trace Context: version 2, dash, trace id 32
    return parent != null && parent.length() >= 35 ? parent.substring(3, 35) : null;
  }
}
