package dev.mcpguard.downstream.bridge;

import dev.mcpguard.downstream.wire.GuardState;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.SealedJson;
import dev.mcpguard.model.PrincipalKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The states the guard gave to clients that still are good: each once, until its time, and within the
 * bounds. A state that is unknown, changed, spent, late or another's looks like any other that is not
 * good. Thread-safe.
 */
public final class Tickets {
  /** How long a client may take to come back after an elicitation by URL. */
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final Parking bounds;
  private final SealedJson seal;
  private final InstantSource clock;
  private final AtomicLong serial = new AtomicLong();
  private final Map<Long, Ticket> open = new HashMap<>();

  /**
   * @param bounds the most tickets in all and of one principal
   * @param random makes the key of the seals
   */
  public Tickets(Parking bounds, SecureRandom random, InstantSource clock) {
    this.bounds = bounds;
    this.seal = new SealedJson(random);
    this.clock = clock;
  }

  /** What a client may come back for: a held call, or null to make its request again. */
  record Ticket(PrincipalKey owner, @Nullable HeldCall held, Instant until) {}

  /** A state for going on with {@code held}, or for asking again; null if there are too many. */
  @Nullable String issue(Binding binding, @Nullable HeldCall held) {
    Instant until = held == null ? clock.instant().plus(AGAIN) : held.deadline();
    long number = serial.incrementAndGet();
    synchronized (open) {
      forgetLate();
      if (open.size() >= bounds.calls() || ownedBy(binding.principal()) >= bounds.perPrincipal()) {
        return null;
      }
      open.put(number, new Ticket(binding.principal(), held, until));
    }
    JsonValue content = JsonArray.of(JsonNumber.of(number), new JsonString(until.toString()));
    return GuardState.PREFIX + seal.seal(content, binding.bound());
  }

  /** Takes the ticket of a state, which is spent by it, or null. */
  @Nullable Ticket redeem(String state, Binding binding) {
    // INVARIANT: opened under what this very request was decided on, so nothing else can spend it
    if (!(seal.open(state, binding.bound()) instanceof JsonArray(List<JsonValue> parts))
        || !(parts.getFirst() instanceof JsonNumber number)
        || number.longValue() == null) {
      return null;
    }
    Ticket ticket;
    synchronized (open) {
      ticket = open.remove(number.longValue());
    }
    return ticket == null || clock.instant().isAfter(ticket.until()) ? null : ticket;
  }

  /** The held call ended: nobody can come back for it. */
  void close(HeldCall held) {
    synchronized (open) {
      open.values().removeIf(ticket -> ticket.held() == held);
    }
  }

  /** How many states are good now. */
  int count() {
    synchronized (open) {
      forgetLate();
      return open.size();
    }
  }

  private long ownedBy(PrincipalKey owner) {
    return open.values().stream().filter(ticket -> ticket.owner().equals(owner)).count();
  }

  private void forgetLate() {
    Instant now = clock.instant();
    Iterator<Ticket> all = open.values().iterator();
    while (all.hasNext()) {
      if (now.isAfter(all.next().until())) {
        all.remove();
      }
    }
  }
}
