package dev.mcpguard.front.legacy;

import dev.mcpguard.front.Arrival;
import dev.mcpguard.front.Caller;
import dev.mcpguard.front.Message;
import dev.mcpguard.json.JsonObject;
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
  private final Kind kind;
  private volatile Conversation conversation;
  private volatile boolean begun;
  private final Instant opened;
  private volatile Instant used;
  private final AtomicReference<@Nullable ServerStream> stream = new AtomicReference<>();

  /** By which transport a session is used; an id of one is none of the other. */
  public enum Kind {
    /** One endpoint, 2025-03-26 and later. */
    STREAMABLE,
    /** A stream, and an address to post to: 2024-11-05. */
    TWO_ENDPOINTS
  }

  Session(
      String id,
      PrincipalKey owner,
      Route route,
      Kind kind,
      Conversation conversation,
      Instant now) {
    this.id = id;
    this.owner = owner;
    this.route = route;
    this.kind = kind;
    this.conversation = conversation;
    this.begun = kind == Kind.STREAMABLE;
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

  boolean is(Kind asked) {
    return kind == asked;
  }

  /** Whether the handshake is done. */
  public boolean begun() {
    return begun;
  }

  /** The handshake is done: from now on this is what both ends know of each other. */
  public void begin(Conversation agreed) {
    conversation = agreed;
    begun = true;
  }

  /** Sends a message on the session's stream; lost if there is none. */
  public void say(JsonObject message) {
    ServerStream to = stream.get();
    if (to != null) {
      to.send(message);
    }
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
  public interface ServerStream {
    /** Sends one message. */
    void send(JsonObject message);

    /** Ends the stream. */
    void end();
  }
}
