package dev.mcpguard.intent;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentReader;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads every carrier of a call and intersects them: the token, {@code _meta}, the flat arguments, and
 * the agent's registered default where nothing is declared. Pure and thread-safe.
 */
public final class DeclaredIntentReader implements IntentReader {
  private static final String META = "dev.mcpguard/intent";
  private static final String OWN_PREFIX = "dev.mcpguard/";

  @Override
  public IntentReading read(IdentifiedCall call, ServedTool tool) {
    try {
      return declared(call, tool);
    } catch (UnreadableIntentException unreadable) {
      return refuse(ReasonCode.INTENT_UNREADABLE, String.valueOf(unreadable.getMessage()));
    }
  }

  private static IntentReading declared(IdentifiedCall call, ServedTool tool)
      throws UnreadableIntentException {
    boolean flat = IntentArguments.injectable(tool.definition());
    List<IntentDraft> said = new ArrayList<>();
    JsonValue meta = call.call().meta().get(META);
    if (meta != null) {
      said.add(IntentDocument.read(meta));
    }
    if (flat) {
      IntentDraft arguments = flatArguments(call.call().arguments());
      if (arguments != null) {
        said.add(arguments);
      }
    }
    List<IntentDraft> committed = TokenIntent.read(call.principal(), call.call().facts().route());
    if (committed != null && committed.isEmpty()) {
      return refuse(ReasonCode.INTENT_EXCEEDED, "the token's authorization details do not cover this route");
    }
    IntentDraft own = null;
    for (IntentDraft draft : said) {
      if (own != null && own.conflictsWith(draft)) {
        return refuse(ReasonCode.INTENT_CONFLICT, "two carriers name different purposes or tasks");
      }
      own = own == null ? draft : own.intersect(draft);
    }
    Weighing weighing = new Weighing(call.principal().agent(), tool);
    return switch (weighing.weigh(own, committed == null ? List.of() : committed)) {
      case Weighing.Covered covered -> stripped(call.call(), flat, covered.intent());
      case Weighing.Outside outside -> new IntentReading.Undeclared(outside.refusal());
    };
  }

  private static @Nullable IntentDraft flatArguments(JsonObject arguments)
      throws UnreadableIntentException {
    String purpose = flat(arguments, IntentArguments.PURPOSE);
    String task = flat(arguments, IntentArguments.TASK);
    if (purpose == null && task == null) {
      return null;
    }
    return new IntentDraft(
        purpose, null, task, null, null, null, null, IntentSource.ASSERTED);
  }

  private static @Nullable String flat(JsonObject arguments, String name)
      throws UnreadableIntentException {
    JsonValue value = arguments.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonString string)) {
      throw new UnreadableIntentException("`" + name + "` is not a string");
    }
    return IntentDocument.name(string.value());
  }

  /** The intent, and the call's parameters without the carriers. */
  private static IntentReading stripped(ToolCall call, boolean flat, Intent intent) {
    JsonObject arguments =
        flat
            ? call.arguments().without(IntentArguments.PURPOSE, IntentArguments.TASK)
            : call.arguments();
    String[] own =
        call.meta().members().keySet().stream()
            .filter(key -> key.startsWith(OWN_PREFIX))
            .toArray(String[]::new);
    return new IntentReading.Declared(
        intent, arguments, own.length == 0 ? call.meta() : call.meta().without(own));
  }

  private static IntentReading refuse(ReasonCode reason, String detail) {
    return new IntentReading.Undeclared(Refusal.of(reason, detail));
  }
}
