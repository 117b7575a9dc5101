package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import java.time.Instant;
import java.util.List;

/**
 * A call that is permitted, whose obligations are discharged and whose admission record is durable:
 * the only thing a {@link ToolServer} accepts.
 *
 * <p>INVARIANT: built in package {@code gate} only; {@code ArchitectureTest} holds it.
 *
 * @param classified what was decided; exactly this is sent
 * @param permit the decision
 * @param admission the durable record
 * @param deadline when the call ends, whatever the server does
 */
public record ClearedCall(
    ClassifiedCall classified, Decision.Permit permit, Admission admission, Instant deadline)
    implements ClearedRequest {

  @Override
  public RequestFacts facts() {
    return classified.call().facts();
  }

  @Override
  public Principal principal() {
    return classified.principal();
  }

  @Override
  public JsonObject meta() {
    return classified.meta();
  }

  @Override
  public List<JsonPointer> redact() {
    return classified.tool().registered().redact();
  }
}
