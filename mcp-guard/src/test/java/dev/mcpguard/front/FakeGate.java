package dev.mcpguard.front;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Agent;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Gate;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.LocalRequest;
import dev.mcpguard.model.Misread;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.RequestFacts;
import dev.mcpguard.model.TaskRequest;
import dev.mcpguard.model.ToolCall;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A gate that believes tokens of the form {@code token-<name>}, remembers what it was asked, and
 * answers tool calls by a function. Like the real one it verifies the caller first, and compares the
 * owner of a session with it.
 */
public final class FakeGate implements Gate {
  public final List<GatedRequest> asked = new CopyOnWriteArrayList<>();

  /** What a tool call answers; may use the channel, may block. */
  public volatile BiFunction<ToolCall, ReplyChannel, Answer> tool = (call, _) -> echo(call);

  @Override
  public Answer handle(GatedRequest request, ReplyChannel channel) {
    asked.add(request);
    RequestFacts facts = request.facts();
    String token = facts.credential().token();
    if (facts.credential().flaw() != null || !token.startsWith("token-")) {
      return refused(facts, Refusal.of(ReasonCode.UNAUTHENTICATED, "fake"), null);
    }
    Principal principal = principal(token.substring("token-".length()));
    RequestFacts.SessionReference session = facts.session();
    if (session != null && !session.owner().equals(principal.key())) {
      return refused(facts, Refusal.of(ReasonCode.SESSION_UNKNOWN, "fake"), principal);
    }
    return switch (request) {
      case Misread misread -> refused(facts, misread.refusal(), principal);
      case LocalRequest local -> new Answer.Result(facts.decisionId(), local.result(), principal);
      case ListRequest _ -> new Answer.Result(facts.decisionId(), list(), principal);
      // honours everything but what is called secret
      case ListenRequest listen ->
          new Answer.Result(
              facts.decisionId(),
              JsonObject.builder()
                  .put("lists", JsonArray.ofStrings(listen.lists()))
                  .put(
                      "resources",
                      JsonArray.ofStrings(
                          listen.resources().stream()
                              .map(ListenRequest.Watched::exposed)
                              .filter(uri -> !uri.contains("secret"))
                              .toList()))
                  .build(),
              principal);
      case PrimitiveCall call -> new Answer.Result(facts.decisionId(), call.params(), principal);
      case TaskRequest task ->
          new Answer.Result(facts.decisionId(), task.responses(), principal);
      case ToolCall call -> tool.apply(call, channel);
    };
  }

  /** The calls that would have gone on to a tool server. */
  public List<ToolCall> calls() {
    return asked.stream()
        .filter(ToolCall.class::isInstance)
        .map(ToolCall.class::cast)
        .toList();
  }

  /** The refused requests. */
  public List<Misread> misread() {
    return asked.stream().filter(Misread.class::isInstance).map(Misread.class::cast).toList();
  }

  public static Answer echo(ToolCall call) {
    JsonObject result =
        JsonObject.builder()
            .put("resultType", "complete")
            .put("tool", call.resource())
            .put("structuredContent", call.arguments())
            .build();
    String name = call.facts().credential().token().substring("token-".length());
    return new Answer.Result(call.facts().decisionId(), result, principal(name));
  }

  public static Answer refused(
      RequestFacts facts, Refusal refusal, @Nullable Principal principal) {
    return new Answer.Refused(facts.decisionId(), refusal, principal);
  }

  public static Principal principal(String name) {
    Agent agent =
        new Agent(
            name,
            "owner",
            Map.of(),
            null,
            RiskClass.READ,
            Sensitivity.values()[0],
            null,
            LocalDate.of(2099, 1, 1),
            Agent.State.ACTIVE);
    return new Principal(
        new PrincipalKey("issuer", name, "client"),
        agent,
        Set.of(),
        JsonObject.of(),
        List.of(),
        List.of(),
        Digest.of(name.getBytes(StandardCharsets.UTF_8)),
        Instant.parse("2099-01-01T00:00:00Z"),
        "jwt",
        null);
  }

  private static JsonObject list() {
    return JsonObject.builder()
        .put("resultType", "complete")
        .put("tools", JsonArray.of())
        .put("ttlMs", 0)
        .put("cacheScope", "private")
        .build();
  }
}
