package dev.mcpguard.intent;

import dev.mcpguard.model.IdentifiedPrimitive;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.Route;
import dev.mcpguard.registry.RegisteredPrimitive;
import java.util.function.Predicate;
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
 * Reads every carrier of a call and intersects them: the token, {@code _meta}, the flat arguments,
 * and the agent's registered default where nothing is declared. Pure and thread-safe.
 */
public final class DeclaredIntentReader implements IntentReader {
  private static final String META = ToolCall.DECLARED_INTENT;
  private static final String OWN_PREFIX = "dev.mcpguard/";

  private final Predicate<String> flatArguments;

  /** Reads flat arguments of every tool that can take them. */
  public DeclaredIntentReader() {
    this(server -> true);
  }

  /**
   * @param flatArguments whether the tools of a server are listed with flat intent arguments; where
   *     they are not, an argument of such a name is the tool's own
   */
  public DeclaredIntentReader(Predicate<String> flatArguments) {
    this.flatArguments = flatArguments;
  }

  @Override
  public IntentReading read(IdentifiedCall call, ServedTool tool) {
    ToolCall request = call.call();
    boolean flat =
        flatArguments.test(tool.server()) && IntentArguments.injectable(tool.definition());
    Carriers carriers =
        new Carriers(
            call.principal(), request.facts().route(), request.meta(), request.arguments(), flat);
    return read(
        carriers, new Target(tool.id(), tool.sensitivity(), tool.destination().text()));
  }

  @Override
  public IntentReading read(IdentifiedPrimitive call, RegisteredPrimitive primitive) {
    PrimitiveCall request = call.call();
    JsonObject meta = request.params().object("_meta");
    Carriers carriers =
        new Carriers(
            call.principal(),
            request.facts().route(),
            meta == null ? JsonObject.of() : meta,
            request.params().without("_meta"),
            false);
    return read(
        carriers,
        new Target(primitive.id(), primitive.sensitivity(), primitive.destination().text()));
  }

  /** Where an intent can stand; {@code flat} tells whether the arguments are such a place. */
  private record Carriers(
      Principal principal, Route route, JsonObject meta, JsonObject arguments, boolean flat) {}

  private static IntentReading read(Carriers carriers, Target target) {
    try {
      return declared(carriers, target);
    } catch (UnreadableIntentException unreadable) {
      return refuse(ReasonCode.INTENT_UNREADABLE, String.valueOf(unreadable.getMessage()));
    }
  }

  private static IntentReading declared(Carriers carriers, Target target)
      throws UnreadableIntentException {
    List<IntentDraft> said = new ArrayList<>();
    JsonValue meta = carriers.meta().get(META);
    if (meta != null) {
      said.add(IntentDocument.read(meta));
    }
    IntentDraft arguments = carriers.flat() ? flatArguments(carriers.arguments()) : null;
    if (arguments != null) {
      said.add(arguments);
    }
    List<IntentDraft> committed = TokenIntent.read(carriers.principal(), carriers.route());
    if (committed != null && committed.isEmpty()) {
      return refuse(
          ReasonCode.INTENT_EXCEEDED, "the token's authorization details do not cover this route");
    }
    IntentDraft own = null;
    for (IntentDraft draft : said) {
      if (own != null && own.conflictsWith(draft)) {
        return refuse(ReasonCode.INTENT_CONFLICT, "two carriers name different purposes or tasks");
      }
      own = own == null ? draft : own.intersect(draft);
    }
    Weighing weighing = new Weighing(carriers.principal().agent(), target);
    return switch (weighing.weigh(own, committed == null ? List.of() : committed)) {
      case Weighing.Covered covered -> stripped(carriers, covered.intent());
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
    return new IntentDraft(purpose, null, task, null, null, null, null, IntentSource.ASSERTED);
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

  /** The intent, and the request's parameters without the carriers. */
  private static IntentReading stripped(Carriers carriers, Intent intent) {
    JsonObject arguments =
        carriers.flat()
            ? carriers.arguments().without(IntentArguments.PURPOSE, IntentArguments.TASK)
            : carriers.arguments();
    JsonObject meta = carriers.meta();
    String[] own =
        meta.members().keySet().stream()
            .filter(key -> key.startsWith(OWN_PREFIX))
            .toArray(String[]::new);
    return new IntentReading.Declared(
        intent, arguments, own.length == 0 ? meta : meta.without(own));
  }

  private static IntentReading refuse(ReasonCode reason, String detail) {
    return new IntentReading.Undeclared(Refusal.of(reason, detail));
  }
}
