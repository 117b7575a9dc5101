package dev.mcpguard.admin;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.ToolServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard's own tools as one more tool server: it is handed what the gate cleared and nothing else
 * ({@code docs/decisions/0032}). What a verb declines is a tool result with {@code isError}; only a
 * broken guard fails. Thread-safe.
 */
public final class OwnServer implements ToolServer {
  private static final Logger LOG = LoggerFactory.getLogger(OwnServer.class);

  private final Map<String, Verb> verbs;

  /**
   * @param verbs by tool name, one for every tool of {@link OwnTools}
   */
  public OwnServer(Map<String, Verb> verbs) {
    this.verbs = Map.copyOf(verbs);
  }

  @Override
  public CallOutcome call(ClearedCall call, ReplyChannel channel) {
    Verb verb = verbs.get(call.classified().tool().name());
    if (verb == null) {
      return new CallOutcome.Failed(
          ReasonCode.TOOL_UNKNOWN, Fate.NOT_FORWARDED, "the guard has no such verb");
    }
    Verb.Request request =
        new Verb.Request(
            call.classified().arguments(), call.classified().principal(),
            call.facts().decisionId());
    try {
      return replied(verb.run(request));
    } catch (ConfigException | IOException declined) {
      return replied(new VerbAnswer.Declined(String.valueOf(declined.getMessage())));
    } catch (AuditUnavailableException unwritable) {
      return new CallOutcome.Failed(
          ReasonCode.AUDIT_UNAVAILABLE, Fate.EXECUTED,
          "nothing was changed: the change could not be recorded");
    } catch (RuntimeException bug) {
      LOG.error("the verb `{}` failed", call.classified().tool().name(), bug);
      return new CallOutcome.Failed(ReasonCode.INTERNAL, Fate.UNKNOWN, "a verb failed");
    }
  }

  private static CallOutcome replied(VerbAnswer answer) {
    JsonObject result =
        switch (answer) {
          case VerbAnswer.Done done ->
              result(done.text() == null ? JsonText.text(done.content()) : done.text())
                  .with("structuredContent", done.content());
          case VerbAnswer.Declined declined ->
              result(declined.words()).with("isError", JsonBoolean.TRUE);
        };
    return new CallOutcome.Replied(
        result, JsonText.text(result).getBytes(StandardCharsets.UTF_8).length);
  }

  private static JsonObject result(String text) {
    JsonObject block = JsonObject.builder().put("type", "text").put("text", text).build();
    return JsonObject.builder()
        .put("resultType", "complete")
        .put("content", JsonArray.of(block))
        .build();
  }

  @Override
  public CallOutcome ask(ClearedPrimitive request, ReplyChannel channel) {
    return nothingElse();
  }

  @Override
  public CallOutcome list(ClearedListing listing, ReplyChannel channel) {
    return nothingElse();
  }

  private static CallOutcome nothingElse() {
    return new CallOutcome.Failed(
        ReasonCode.METHOD_UNKNOWN, Fate.NOT_FORWARDED, "the guard's own server has tools only");
  }
}
