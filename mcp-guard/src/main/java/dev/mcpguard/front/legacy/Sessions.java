package dev.mcpguard.front.legacy;

import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.SubjectKey;
import dev.mcpguard.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The legacy sessions of one front. Ids are 256 random bits; each session belongs to one principal,
 * route and revision (threat D4). Thread-safe.
 */
public final class Sessions {
  private static final int ID_BYTES = 32;
  private static final int ID_LENGTH = 43;

  private final SessionLimits limits;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Session> byId = new ConcurrentHashMap<>();
  private final Object lock = new Object();
  private final Map<SubjectKey, Deque<Session>> byOwner = new HashMap<>();
  private volatile BiConsumer<ProtocolVersion, Duration> watcher = (version, lasted) -> {};

  /**
   * @param clock decides on lifetimes
   * @param random makes ids; a {@link java.security.SecureRandom} in production
   */
  public Sessions(SessionLimits limits, InstantSource clock, RandomGenerator random) {
    this.limits = limits;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens a session for a caller the gate verified.
   *
   * @return the session, or null if the process has as many as it may
   */
  public @Nullable Session mint(
      PrincipalKey owner, Route route, Session.Kind kind, Conversation conversation) {
    if (byId.size() >= limits.total()) {
      sweep();
    }
    Session oldest = null;
    Session session;
    synchronized (lock) {
      Deque<Session> own = byOwner.computeIfAbsent(owner.subjectKey(), _ -> new ArrayDeque<>());
      if (own.size() >= limits.perPrincipal()) {
        oldest = own.pollFirst();
      } else if (byId.size() >= limits.total()) {
        return null;
      }
      session = new Session(newId(), owner, route, kind, conversation, clock.instant());
      own.addLast(session);
      byId.put(session.id(), session);
    }
    if (oldest != null) {
      end(oldest);
    }
    return session;
  }

  /**
   * The living session of this id on this route and transport, or null: unknown, ended and elsewhere
   * are alike.
   */
  public @Nullable Session find(String id, Route route, Session.Kind kind) {
    Session session = id.length() == ID_LENGTH ? byId.get(id) : null;
    if (session == null || !session.route().equals(route) || !session.is(kind)) {
      return null;
    }
    if (session.expired(clock.instant(), limits)) {
      end(session);
      return null;
    }
    return session;
  }

  /** From now on {@code ended} is told the revision and the length of every session that ends. */
  public void watch(BiConsumer<ProtocolVersion, Duration> ended) {
    watcher = ended;
  }

  /** Ends a session; ending it again does nothing. */
  public void end(Session session) {
    boolean living;
    synchronized (lock) {
      living = byId.remove(session.id()) != null;
      Deque<Session> own = byOwner.get(session.owner().subjectKey());
      if (own != null) {
        own.remove(session);
        if (own.isEmpty()) {
          byOwner.remove(session.owner().subjectKey());
        }
      }
    }
    session.close();
    if (living) {
      watcher.accept(session.caller().version(), session.lasted(clock.instant()));
    }
  }

  /** Ends what is past its lifetime. */
  public void sweep() {
    Instant now = clock.instant();
    List<Session> expired =
        byId.values().stream().filter(session -> session.expired(now, limits)).toList();
    expired.forEach(this::end);
  }

  /** Ends every session. */
  public void close() {
    List.copyOf(byId.values()).forEach(this::end);
  }

  public int count() {
    return byId.size();
  }

  private String newId() {
    byte[] bits = new byte[ID_BYTES];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
