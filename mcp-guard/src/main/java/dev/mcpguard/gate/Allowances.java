package dev.mcpguard.gate;

import dev.mcpguard.gate.Account.Limit;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.CallerLimits;
import dev.mcpguard.model.CallerPlaces;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.SubjectKey;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every verified subject within its {@link CallerLimits}, so that none takes what the others
 * need (threat D8). What is over a limit is refused as {@code rate-limited}, before anything else is
 * done for it. Only what a token proves makes an account; one that says no more than a new one would is
 * dropped by {@link #sweep}. Thread-safe.
 */
public final class Allowances implements CallerPlaces {
  private static final long ASK_AGAIN_MILLIS = 1_000;

  private final CallerLimits limits;
  private final InstantSource clock;
  private final Map<SubjectKey, Account> accounts = new ConcurrentHashMap<>();
  private final EnumMap<Limit, LongAdder> refused = new EnumMap<>(Limit.class);

  public Allowances(CallerLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    for (Limit limit : EnumSet.complementOf(EnumSet.of(Limit.NONE))) {
      refused.put(limit, new LongAdder());
    }
  }

  /** Takes a place for a request with a body of this size; a refusal if there is none. */
  @Nullable Refusal enter(PrincipalKey caller, long size) {
    return with(
        caller,
        account -> {
          Limit reached = account.enter(limits, size, clock.millis());
          return refusal(
              reached,
              reached == Limit.REQUESTS ? account.waitMillis(limits) : ASK_AGAIN_MILLIS);
        });
  }

  /** Gives back the place that {@link #enter} gave. */
  void leave(PrincipalKey caller, long size) {
    with(caller, account -> account.leave(size));
  }

  /** Takes a place for an event stream; a refusal if there is none. */
  @Nullable Refusal openStream(PrincipalKey caller) {
    return refusal(with(caller, account -> account.openStream(limits)), ASK_AGAIN_MILLIS);
  }

  @Override
  public void endStream(PrincipalKey caller) {
    with(caller, Account::endStream);
  }

  @Override
  public boolean beginWait(PrincipalKey caller) {
    return refusal(with(caller, account -> account.beginWait(limits)), 0) == null;
  }

  @Override
  public void endWait(PrincipalKey caller) {
    leave(caller, 0);
  }

  /** Drops the accounts that say nothing; to be called every few seconds. */
  public void sweep() {
    long now = clock.millis();
    accounts.forEach(
        (subject, account) -> {
          synchronized (account) {
            if (account.retire(limits, now)) {
              accounts.remove(subject, account);
            }
          }
        });
  }

  /** How many subjects have an account: those that asked something in the last seconds. */
  public int callers() {
    return accounts.size();
  }

  /** What was refused so far, by the limit that was reached. */
  public Map<String, Long> refused() {
    Map<String, Long> counts = new TreeMap<>();
    refused.forEach((limit, count) -> counts.put(limit.text(), count.sum()));
    return counts;
  }

  private @Nullable Refusal refusal(Limit reached, long retryMillis) {
    LongAdder count = refused.get(reached);
    if (count == null) {
      return null;
    }
    count.increment();
    return Refusal.of(ReasonCode.RATE_LIMITED, "the caller is over its limit `" + reached.text() + "`")
        .withData(
            JsonObject.builder()
                .put("limit", reached.text())
                .put("retryAfterMs", retryMillis)
                .build());
  }

  /** INVARIANT: nobody uses an account that was dropped, so no place is counted twice or lost. */
  private <T extends @Nullable Object> T with(PrincipalKey caller, Function<Account, T> use) {
    SubjectKey subject = caller.subjectKey();
    while (true) {
      Account account =
          accounts.computeIfAbsent(subject, _ -> new Account(limits, clock.millis()));
      synchronized (account) {
        if (!account.retired()) {
          return use.apply(account);
        }
      }
    }
  }
}
