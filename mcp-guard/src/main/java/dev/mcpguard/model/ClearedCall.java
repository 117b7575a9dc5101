package dev.mcpguard.model;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonPointer;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
  public List<Obligation> obligations() {
    TaskReference task = classified.call().task();
    return task == null
        ? permit.obligations()
        : joined(task.obligations(), permit.obligations());
  }

  @Override
  public List<JsonPointer> redact() {
    List<JsonPointer> registered = classified.tool().registered().redact();
    TaskReference task = classified.call().task();
    return task == null ? registered : joined(task.redact(), registered);
  }

  private static <T extends Object> List<T> joined(List<T> one, List<T> other) {
    Set<T> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }
}
