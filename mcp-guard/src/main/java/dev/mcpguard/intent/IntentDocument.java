package dev.mcpguard.intent;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code _meta["dev.mcpguard/intent"]}: exact spelling only. An unknown member, a wrong type,
 * an odd spelling makes the whole intent unreadable; nothing is guessed and nothing skipped.
 */
final class IntentDocument {
  private static final Set<String> MEMBERS =
      Set.of("purpose", "class", "task", "tools", "resources", "destinations", "sensitivity");

  /**
   * Purposes and tasks: printable ASCII without blanks, so that no look-alike passes for another.
   */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

  private static final int MOST_ENTRIES = 64;

  private IntentDocument() {}

  static IntentDraft read(JsonValue value) throws UnreadableIntentException {
    if (!(value instanceof JsonObject object)) {
      throw new UnreadableIntentException("the intent is not an object");
    }
    for (String member : object.members().keySet()) {
      if (!MEMBERS.contains(member)) {
        throw new UnreadableIntentException("the intent has an unknown member");
      }
    }
    return new IntentDraft(
        name(object, "purpose"),
        riskClass(object),
        name(object, "task"),
        tools(object),
        resources(object),
        destinations(object),
        sensitivity(object),
        IntentSource.ASSERTED);
  }

  /** A purpose or task as a flat string argument carries it. */
  static String name(String text) throws UnreadableIntentException {
    if (!NAME.matcher(text).matches()) {
      throw new UnreadableIntentException("a purpose or task has an odd spelling");
    }
    return text;
  }

  static @Nullable RiskClass riskClass(JsonObject object) throws UnreadableIntentException {
    String text = text(object, "class");
    if (text == null) {
      return null;
    }
    RiskClass riskClass = RiskClass.ofText(text);
    if (riskClass == null) {
      throw new UnreadableIntentException("`class` is not one of read, write, admin");
    }
    return riskClass;
  }

  static @Nullable String name(JsonObject object, String member) throws UnreadableIntentException {
    String text = text(object, member);
    return text == null ? null : name(text);
  }

  private static @Nullable Sensitivity sensitivity(JsonObject object)
      throws UnreadableIntentException {
    String text = text(object, "sensitivity");
    if (text == null) {
      return null;
    }
    Sensitivity sensitivity = Sensitivity.ofText(text);
    if (sensitivity == null) {
      throw new UnreadableIntentException("`sensitivity` is unknown");
    }
    return sensitivity;
  }

  private static @Nullable Set<String> tools(JsonObject object) throws UnreadableIntentException {
    Set<String> tools = texts(object, "tools");
    if (tools != null && !tools.stream().allMatch(ToolPattern::valid)) {
      throw new UnreadableIntentException("`tools` holds something that is not `server/tool`");
    }
    return tools;
  }

  private static @Nullable Set<String> resources(JsonObject object)
      throws UnreadableIntentException {
    Set<String> resources = texts(object, "resources");
    if (resources != null && !resources.stream().allMatch(ResourcePrefix::valid)) {
      throw new UnreadableIntentException(
          "`resources` holds something that is no plain URI prefix");
    }
    return resources;
  }

  /** Data that stays inside goes to no destination, so every list covers that, an empty one too. */
  private static @Nullable Set<String> destinations(JsonObject object)
      throws UnreadableIntentException {
    Set<String> destinations = texts(object, "destinations");
    if (destinations == null) {
      return null;
    }
    for (String destination : destinations) {
      if (Destination.ofText(destination) == null) {
        throw new UnreadableIntentException("`destinations` holds an unknown destination");
      }
    }
    Set<String> all = new LinkedHashSet<>(destinations);
    all.add(Destination.INTERNAL.text());
    return all;
  }

  static @Nullable Set<String> texts(JsonObject object, String member)
      throws UnreadableIntentException {
    JsonValue value = object.get(member);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonArray array) || array.values().size() > MOST_ENTRIES) {
      throw new UnreadableIntentException("`" + member + "` is not a short array");
    }
    Set<String> texts = new LinkedHashSet<>();
    for (JsonValue entry : array.values()) {
      if (!(entry instanceof JsonString string) || string.value().isBlank()) {
        throw new UnreadableIntentException("`" + member + "` holds something that is no text");
      }
      texts.add(string.value());
    }
    return texts;
  }

  private static @Nullable String text(JsonObject object, String member)
      throws UnreadableIntentException {
    JsonValue value = object.get(member);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonString string)) {
      throw new UnreadableIntentException("`" + member + "` is not a string");
    }
    return string.value();
  }
}
