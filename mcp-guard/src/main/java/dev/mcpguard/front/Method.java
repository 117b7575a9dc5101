package dev.mcpguard.front;

import static dev.mcpguard.model.ProtocolVersion.V2024_11_05;
import static dev.mcpguard.model.ProtocolVersion.V2025_11_25;
import static dev.mcpguard.model.ProtocolVersion.V2026_07_28;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ProtocolVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every method a client may use, the revisions that have it and the members its {@code params} may
 * hold. What is not in this table does not exist (threats I3, C2).
 */
public enum Method {
  INITIALIZE(
      "initialize", Kind.LOCAL, Era.LEGACY, "protocolVersion", "capabilities", "clientInfo"),
  PING("ping", Kind.LOCAL, Era.LEGACY),
  SET_LEVEL("logging/setLevel", Kind.PRIMITIVE, Era.LEGACY, "level"),
  DISCOVER("server/discover", Kind.LOCAL, Era.MODERN),
  LISTEN("subscriptions/listen", Kind.LOCAL, Era.MODERN, "notifications"),
  TOOLS_CALL("tools/call", Kind.TOOL_CALL, Era.BOTH, "name", "arguments"),
  TOOLS_LIST("tools/list", Kind.LIST, Era.BOTH, "cursor"),
  RESOURCES_LIST("resources/list", Kind.LIST, Era.BOTH, "cursor"),
  TEMPLATES_LIST("resources/templates/list", Kind.LIST, Era.BOTH, "cursor"),
  PROMPTS_LIST("prompts/list", Kind.LIST, Era.BOTH, "cursor"),
  RESOURCES_READ("resources/read", Kind.PRIMITIVE, Era.BOTH, "uri"),
  RESOURCES_SUBSCRIBE("resources/subscribe", Kind.PRIMITIVE, Era.LEGACY, "uri"),
  RESOURCES_UNSUBSCRIBE("resources/unsubscribe", Kind.PRIMITIVE, Era.LEGACY, "uri"),
  PROMPTS_GET("prompts/get", Kind.PRIMITIVE, Era.BOTH, "name", "arguments"),
  COMPLETE("completion/complete", Kind.PRIMITIVE, Era.BOTH, "ref", "argument", "context"),
  TASKS_GET("tasks/get", Kind.TASK, Era.MODERN, "taskId"),
  TASKS_UPDATE("tasks/update", Kind.TASK, Era.MODERN, "taskId", "inputResponses"),
  TASKS_CANCEL("tasks/cancel", Kind.TASK, Era.MODERN, "taskId"),
  INITIALIZED("notifications/initialized", Kind.NOTIFICATION, Era.LEGACY),
  ROOTS_CHANGED("notifications/roots/list_changed", Kind.NOTIFICATION, Era.LEGACY),
  CANCELLED("notifications/cancelled", Kind.NOTIFICATION, Era.BOTH, "requestId", "reason"),
  PROGRESS(
      "notifications/progress",
      Kind.NOTIFICATION,
      Era.LEGACY,
      "progressToken",
      "progress",
      "total",
      "message");

  /** What becomes of a request by this method. */
  public enum Kind {
    TOOL_CALL,
    LIST,
    PRIMITIVE,
    /** Of the tasks extension; where that is off, no such method exists. */
    TASK,
    LOCAL,
    NOTIFICATION
  }

  private enum Era {
    LEGACY(V2024_11_05, V2025_11_25),
    MODERN(V2026_07_28, V2026_07_28),
    BOTH(V2024_11_05, V2026_07_28);

    private final ProtocolVersion first;
    private final ProtocolVersion last;

    Era(ProtocolVersion first, ProtocolVersion last) {
      this.first = first;
      this.last = last;
    }
  }

  /** Members of a multi round-trip retry (2026-07-28), forwarded as they are. */
  static final String[] RETRY_MEMBERS = {"inputResponses", "requestState"};

  private static final Map<String, Method> BY_TEXT = new HashMap<>();

  static {
    for (Method method : values()) {
      BY_TEXT.put(method.text, method);
    }
  }

  private final String text;
  private final Kind kind;
  private final Era era;
  @SuppressWarnings("ImmutableEnumChecker") // toUnmodifiableSet
  private final Set<String> members;

  Method(String text, Kind kind, Era era, String... members) {
    this.text = text;
    this.kind = kind;
    this.era = era;
    this.members =
        Stream.concat(Stream.of(members), Stream.of("_meta"))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The name on the wire. */
  public String text() {
    return text;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * The method of exactly this name in this revision, or null.
   *
   * @param tasks whether the tasks extension is on
   */
  public static @Nullable Method find(String text, ProtocolVersion version, boolean tasks) {
    Method method = find(text, version);
    return method != null && method.kind == Kind.TASK && !tasks ? null : method;
  }

  /** The method of exactly this name in this revision, or null. */
  public static @Nullable Method find(String text, ProtocolVersion version) {
    Method method = BY_TEXT.get(text);
    return method != null
            && version.compareTo(method.era.first) >= 0
            && version.compareTo(method.era.last) <= 0
        ? method
        : null;
  }

  /** Whether {@code params} holds only members this revision defines for the method. */
  boolean allows(JsonObject params, ProtocolVersion version) {
    for (String member : params.members().keySet()) {
      if (!members.contains(member) && !(version.modern() && allowsRetry(member))) {
        return false;
      }
    }
    return true;
  }

  private boolean allowsRetry(String member) {
    boolean mayAskForInput =
        this == TOOLS_CALL || this == PROMPTS_GET || this == RESOURCES_READ;
    return mayAskForInput && (member.equals(RETRY_MEMBERS[0]) || member.equals(RETRY_MEMBERS[1]));
  }
}
