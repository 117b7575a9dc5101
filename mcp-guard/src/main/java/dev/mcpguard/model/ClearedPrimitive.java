package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import java.time.Instant;
import java.util.List;

/**
 * A cleared request for another primitive.
 *
 * @param classified what was decided; exactly this is sent
 * @param permit the decision
 * @param admission the durable record
 * @param deadline when the request ends, whatever the server does
 */
public record ClearedPrimitive(
    ClassifiedPrimitive classified, Decision.Permit permit, Admission admission, Instant deadline)
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
    return classified.primitive().redact();
  }
}
