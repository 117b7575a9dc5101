package dev.mcpguard.front.legacy;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.model.GatedRequest;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.RequestFacts.SessionReference;
import dev.mcpguard.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A legacy session of one principal on one route in one revision. Thread-safe. */
public final class Session {
  private final String id;
  private final PrincipalKey owner;
  private final Route route;
  private final Conversation conversation;
  private final Instant opened;
  private volatile Instant used;
  private final AtomicReference<@Nullable ServerStream> stream = new AtomicReference<>();

  Session(String id, PrincipalKey owner, Route route, Conversation conversation, Instant now) {
    this.id = id;
    this.owner = owner;
    this.route = route;
    this.conversation = conversation;
    this.opened = now;
    this.used = now;
  }

  public String id() {
    return id;
  }

  public PrincipalKey owner() {
    return owner;
  }

  public Route route() {
    return route;
  }

  public Conversation conversation() {
    return conversation;
  }

  /** How long it has been open. */
  Duration lasted(Instant now) {
    return Duration.between(opened, now);
  }

  /** The caller of a request in this session. */
  public Caller caller() {
    Caller claimed = conversation.caller();
    return new Caller(claimed.version(), new SessionReference(id, owner), claimed.client());
  }

  /**
   * What the gate is asked for a message in this session.
   *
   * @param askable whether the client can be asked something before its answer
   */
  public GatedRequest read(Arrival arrival, Message message, boolean askable) {
    return LegacyReader.read(arrival, caller(), conversation.declared(askable), message);
  }

  /** Notes that the owner used the session; only after the gate verified that it is the owner. */
  public void touch(Instant now) {
    used = now;
  }

  /** Makes this the stream for what the guard sends by itself; an earlier one ends. */
  public void attach(ServerStream next) {
    end(stream.getAndSet(next));
  }

  /** Forgets a stream that is gone. */
  public void detach(ServerStream gone) {
    stream.compareAndSet(gone, null);
  }

  void close() {
    end(stream.getAndSet(null));
    conversation.close();
  }

  boolean expired(Instant now, SessionLimits limits) {
    return now.isAfter(used.plus(limits.idle())) || now.isAfter(opened.plus(limits.absolute()));
  }

  private static void end(@Nullable ServerStream gone) {
    if (gone != null) {
      gone.end();
    }
  }

  /** A stream to the client, as a session needs it. */
  @FunctionalInterface
  public interface ServerStream {
    /** Ends the stream. */
    void end();
  }
}
