package dev.mcpguard.intent;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.IdentifiedCall;
import dev.mcpguard.model.IdentifiedPrimitive;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentReader;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.registry.RegisteredPrimitive;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads every carrier of a call and intersects them: the token, {@code _meta}, the flat arguments, and
 * the agent's registered default where nothing is declared. Pure and thread-safe.
 */
public final class DeclaredIntentReader implements IntentReader {
  private static final String META = "dev.mcpguard/intent";
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
  public IntentReading read(IdentifiedPrimitive call, RegisteredPrimitive primitive) {
    PrimitiveCall request = call.call();
    JsonObject meta = request.params().object("_meta");
    Carriers carriers =
        new Carriers(
            call.principal(), request.facts().route(), meta == null ? JsonObject.of() : meta, null);
    Target target =
        new Target(primitive.id(), primitive.sensitivity(), primitive.destination().text());
    JsonObject params = request.params().without("_meta");
    return read(carriers, target, new Stripped(params, withoutOwn(carriers.meta())));
  }

  @Override
  public IntentReading read(IdentifiedCall call, ServedTool tool) {
    ToolCall request = call.call();
    boolean flat =
        flatArguments.test(tool.server()) && IntentArguments.injectable(tool.definition());
    Carriers carriers =
        new Carriers(
            call.principal(),
            request.facts().route(),
            request.meta(),
            flat ? request.arguments() : null);
    Target target =
        new Target(
            tool.server() + "/" + tool.name(), tool.sensitivity(), tool.destination().text());
    return read(carriers, target, stripped(request, flat));
  }

  /** Where an intent can stand; {@code arguments} is null where none are injected. */
  private record Carriers(
      Principal principal, Route route, JsonObject meta, @Nullable JsonObject arguments) {}

  /** What has to be covered. */
  private record Target(String id, Sensitivity sensitivity, String destination) {}

  private static IntentReading read(Carriers carriers, Target target, Stripped stripped) {
    try {
      return declared(carriers, target, stripped);
    } catch (UnreadableIntentException unreadable) {
      return refuse(ReasonCode.INTENT_UNREADABLE, String.valueOf(unreadable.getMessage()));
    }
  }

  private static IntentReading declared(Carriers carriers, Target target, Stripped stripped)
      throws UnreadableIntentException {
    List<IntentDraft> said = new ArrayList<>();
    JsonValue meta = carriers.meta().get(META);
    if (meta != null) {
      said.add(IntentDocument.read(meta));
    }
    IntentDraft arguments =
        carriers.arguments() == null ? null : flatArguments(carriers.arguments());
    if (arguments != null) {
      said.add(arguments);
    }
    List<IntentDraft> committed = TokenIntent.read(carriers.principal(), carriers.route());
    if (committed != null && committed.isEmpty()) {
      return refuse(ReasonCode.INTENT_EXCEEDED, "the token's authorization details do not cover this route");
    }
    return new Weighing(carriers.principal().agent(), target, stripped)
        .weigh(said, committed == null ? List.of() : committed);
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

  /** The call's parameters without the carriers. */
  private static Stripped stripped(ToolCall call, boolean flat) {
    JsonObject arguments =
        flat
            ? call.arguments().without(IntentArguments.PURPOSE, IntentArguments.TASK)
            : call.arguments();
    return new Stripped(arguments, withoutOwn(call.meta()));
  }

  private static JsonObject withoutOwn(JsonObject meta) {
    String[] own =
        meta.members().keySet().stream()
            .filter(key -> key.startsWith(OWN_PREFIX))
            .toArray(String[]::new);
    return own.length == 0 ? meta : meta.without(own);
  }

  private static IntentReading refuse(ReasonCode reason, String detail) {
    return new IntentReading.Undeclared(Refusal.of(reason, detail));
  }

  private record Stripped(JsonObject arguments, JsonObject meta) {}

  /** Intersects the drafts for one agent and one target. */
  private record Weighing(Agent agent, Target target, Stripped stripped) {

    IntentReading weigh(List<IntentDraft> said, List<IntentDraft> committed) {
      IntentDraft own = null;
      for (IntentDraft draft : said) {
        if (own != null && own.conflictsWith(draft)) {
          return refuse(ReasonCode.INTENT_CONFLICT, "two carriers name different purposes or tasks");
        }
        own = own == null ? draft : own.intersect(draft);
      }
      if (committed.isEmpty()) {
        return settle(own);
      }
      IntentReading last = refuse(ReasonCode.INTENT_EXCEEDED, "no authorization detail covers the call");
      for (IntentDraft alternative : committed) {
        last = alternative(own, alternative);
        if (last instanceof IntentReading.Declared) {
          return last;
        }
      }
      return last;
    }

    private IntentReading alternative(@Nullable IntentDraft own, IntentDraft committed) {
      if (own == null) {
        return settle(committed);
      }
      if (own.conflictsWith(committed)) {
        return refuse(ReasonCode.INTENT_CONFLICT, "the token commits to another purpose or task");
      }
      return settle(own.intersect(committed));
    }

    private IntentReading settle(@Nullable IntentDraft draft) {
      String name = draft == null ? null : draft.purpose();
      boolean byDefault = name == null;
      if (byDefault) {
        name = agent.defaultPurpose();
      }
      if (name == null) {
        return refuse(ReasonCode.INTENT_MISSING, "no purpose is declared and the agent has no default");
      }
      Agent.Purpose purpose = agent.purposes().get(name);
      if (purpose == null) {
        return refuse(ReasonCode.PURPOSE_UNREGISTERED, "the purpose is not registered for the agent");
      }
      RiskClass ceiling = byDefault ? RiskClass.READ.min(purpose.ceiling()) : purpose.ceiling();
      if (draft != null && draft.ceiling() != null) {
        ceiling = ceiling.min(draft.ceiling());
      }
      return covered(intent(name, ceiling, draft, byDefault), purpose, draft);
    }

    private static Intent intent(
        String purpose, RiskClass ceiling, @Nullable IntentDraft draft, boolean byDefault) {
      if (draft == null) {
        return new Intent(
            purpose, ceiling, null, Set.of(), Set.of(), Set.of(), null,
            IntentSource.REGISTERED_DEFAULT);
      }
      return new Intent(
          purpose,
          ceiling,
          draft.task(),
          orEmpty(draft.tools()),
          orEmpty(draft.resources()),
          orEmpty(draft.destinations()),
          draft.sensitivity(),
          byDefault ? IntentSource.REGISTERED_DEFAULT : draft.source());
    }

    private IntentReading covered(
        Intent intent, Agent.Purpose purpose, @Nullable IntentDraft draft) {
      String id = target.id();
      boolean purposeCovers =
          purpose.tools().isEmpty()
              || purpose.tools().stream().anyMatch(pattern -> ToolPattern.covers(pattern, id));
      boolean draftCovers =
          draft == null
              || draft.tools() == null
              || draft.tools().stream().anyMatch(pattern -> ToolPattern.covers(pattern, id));
      if (!purposeCovers || !draftCovers) {
        return refuse(ReasonCode.INTENT_EXCEEDED, "the tool lies outside the declared intent");
      }
      if (draft != null && outside(draft)) {
        return refuse(
            ReasonCode.INTENT_EXCEEDED, "the tool's sensitivity or destination lies outside the declared intent");
      }
      return new IntentReading.Declared(intent, stripped.arguments(), stripped.meta());
    }

    private boolean outside(IntentDraft draft) {
      boolean sensitive =
          draft.sensitivity() != null && target.sensitivity().compareTo(draft.sensitivity()) > 0;
      boolean elsewhere =
          draft.destinations() != null
              && !draft.destinations().contains(target.destination());
      boolean nowhere = draft.resources() != null && draft.resources().isEmpty();
      return sensitive || elsewhere || nowhere;
    }

    private static Set<String> orEmpty(@Nullable Set<String> set) {
      return set == null ? Set.of() : set;
    }
  }
}
