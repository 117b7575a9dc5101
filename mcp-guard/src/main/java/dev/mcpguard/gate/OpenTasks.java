package dev.mcpguard.gate;

import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.TaskReference;
import dev.mcpguard.model.ToolCall;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks clients were told of (SEP-2663), each with the call that it came of. A client knows a
 * task by a random name of the guard's; whoever names one that is another's, of another route, ended
 * by its time or was never there gets the same null (threats B14, D4).
 *
 * <p>Bounded in number, for each principal, in time and in what the calls weigh. In memory only: a
 * task does not survive the process ({@code docs/decisions/0044}). Thread-safe.
 */
final class OpenTasks {
  private static final int NAME_BYTES = 24;
  private static final long MOST_BYTES = 64L << 20;

  private final TaskBounds bounds;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Map<String, Open> open = new HashMap<>();
  private final Map<PrincipalKey, Integer> owned = new HashMap<>();
  private long weight;

  /** No task is late before this. */
  private Instant soonest = Instant.MAX;

  OpenTasks(TaskBounds bounds, SecureRandom random, InstantSource clock) {
    this.bounds = bounds;
    this.random = random;
    this.clock = clock;
  }

  /**
   * One task.
   *
   * @param owner whose it is
   * @param route path of the route its call came by
   * @param arguments of the call as they came, what carried intent included
   * @param intent as {@code _meta} of the call declared it, or null
   * @param weight size of the call
   * @param since when the guard heard of the task
   * @param until when it is forgotten
   */
  record Open(
      PrincipalKey owner,
      String route,
      TaskReference reference,
      String server,
      String tool,
      JsonObject arguments,
      @Nullable JsonValue intent,
      int weight,
      Instant since,
      Instant until) {

    private Open until(Instant end) {
      return new Open(
          owner, route, reference, server, tool, arguments, intent, weight, since, end);
    }
  }

  boolean on() {
    return bounds.on();
  }

  /** Whether one more task of this principal can be kept in mind. */
  boolean room(PrincipalKey owner) {
    synchronized (open) {
      forgetLate();
      return open.size() < bounds.tasks()
          && weight < MOST_BYTES
          && owned.getOrDefault(owner, 0) < bounds.perPrincipal();
    }
  }

  /** Keeps the task that {@code call} was answered by in mind; its name, or null for want of room. */
  @Nullable String begin(ClearedCall call, JsonObject task) {
    PrincipalKey owner = call.principal().key();
    String serverId = task.string("taskId");
    if (serverId == null) {
      throw new IllegalArgumentException("the released task has no id");
    }
    byte[] bits = new byte[NAME_BYTES];
    random.nextBytes(bits);
    String handle = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    ToolCall made = call.classified().call();
    Instant now = clock.instant();
    Open entry =
        new Open(
            owner,
            call.facts().route().path(),
            new TaskReference(
                handle, serverId, call.facts().decisionId(), call.obligations(), call.redact()),
            made.server(),
            made.tool(),
            made.arguments(),
            made.declaredIntent(),
            call.facts().bytes(),
            now,
            end(now, task));
    synchronized (open) {
      if (!room(owner)) {
        return null;
      }
      open.put(handle, entry);
      owned.merge(owner, 1, Integer::sum);
      weight += entry.weight();
      soonest = earlier(soonest, entry.until());
    }
    return handle;
  }

  /** The task of this name if it is this caller's by this route, else null. */
  @Nullable Open find(String handle, PrincipalKey caller, String route) {
    synchronized (open) {
      forgetLate();
      Open found = open.get(handle);
      return found != null && found.owner().equals(caller) && found.route().equals(route)
          ? found
          : null;
    }
  }

  /** The server told anew how long it keeps the task. */
  void seen(String handle, JsonObject task) {
    synchronized (open) {
      Open entry =
          open.computeIfPresent(handle, (name, known) -> known.until(end(known.since(), task)));
      soonest = entry == null ? soonest : earlier(soonest, entry.until());
    }
  }

  private Instant end(Instant since, JsonObject task) {
    Long stated = task.get("ttlMs") instanceof JsonNumber number ? number.longValue() : null;
    long longest = bounds.longest().toMillis();
    return since.plus(Duration.ofMillis(stated == null ? longest : Math.min(stated, longest)));
  }

  private void forgetLate() {
    Instant now = clock.instant();
    if (!now.isAfter(soonest)) {
      return;
    }
    soonest = Instant.MAX;
    for (Open entry : List.copyOf(open.values())) {
      if (now.isAfter(entry.until())) {
        open.remove(entry.reference().handle());
        owned.computeIfPresent(entry.owner(), (owner, count) -> count == 1 ? null : count - 1);
        weight -= entry.weight();
      } else {
        soonest = earlier(soonest, entry.until());
      }
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
