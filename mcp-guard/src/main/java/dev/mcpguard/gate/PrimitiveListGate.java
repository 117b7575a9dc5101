package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClearedListing;
import dev.mcpguard.model.Fate;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.ReplyChannel;
import dev.mcpguard.model.ToolServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PEP for lists of resources, templates and prompts: fetched live page by page, cut to what policy
 * could permit this caller. At {@code /mcp} the servers follow one another in the order of their ids;
 * one that does not answer, or offers nothing of the kind, is passed over.
 */
final class PrimitiveListGate {
  private static final long METHOD_UNKNOWN = -32601;
  private static final long PARAMS_INVALID = -32602;
  private static final int ENOUGH = 500;

  private final GateParts parts;
  private final Cursors cursors;

  PrimitiveListGate(GateParts parts) {
    this.parts = parts;
    this.cursors = new Cursors(parts.random());
  }

  Answer list(ListRequest request, ListKind kind, ReplyChannel channel) {
    Passage passage = parts.passages().open(request.facts());
    return passage.walk(
        () -> {
          switch (passage.admitted()) {
            case Identification.Unidentified unidentified -> passage.refuse(unidentified);
            case Identification.Identified(Principal principal) ->
                new Turn(request, kind, principal, passage, channel).list();
          }
        });
  }

  /** One request. */
  private final class Turn {
    private final ListRequest request;
    private final ListKind kind;
    private final Principal principal;
    private final Passage passage;
    private final ReplyChannel channel;
    private final List<JsonValue> listed = new ArrayList<>();
    private int withheld;

    Turn(
        ListRequest request,
        ListKind kind,
        Principal principal,
        Passage passage,
        ReplyChannel channel) {
      this.request = request;
      this.kind = kind;
      this.principal = principal;
      this.passage = passage;
      this.channel = channel;
    }

    void list() {
      String cursor = request.cursor();
      Cursors.Position start =
          cursor == null ? null : cursors.open(cursor, request, principal);
      List<String> servers = servers();
      if (cursor != null && (start == null || !servers.contains(start.server()))) {
        passage.refuse(ReasonCode.PARAMS_INVALID, "the cursor was not made for this caller and list");
        return;
      }
      int first = start == null ? 0 : servers.indexOf(start.server());
      String at = start == null ? null : start.cursor();
      for (int i = first; i < servers.size(); i++) {
        CallOutcome outcome = page(servers.get(i), at);
        Refusal refusal = take(servers.get(i), outcome);
        if (refusal != null && request.facts().route().server() != null) {
          passage.refuse(refusal);
          return;
        }
        String next = refusal == null ? next(outcome) : null;
        if (next != null) {
          answer(new Cursors.Position(servers.get(i), next));
          return;
        }
        if (listed.size() >= ENOUGH && i + 1 < servers.size()) {
          answer(new Cursors.Position(servers.get(i + 1), null));
          return;
        }
        at = null;
      }
      answer(null);
    }

    private List<String> servers() {
      String server = request.facts().route().server();
      return server == null ? parts.registry().servers() : List.of(server);
    }

    private CallOutcome page(String server, @Nullable String cursor) {
      ToolServer found = parts.servers().find(server);
      if (found == null) {
        return new CallOutcome.Failed(
            ReasonCode.DOWNSTREAM_UNREACHABLE, Fate.NOT_FORWARDED, "no server of this id is running");
      }
      ListRequest sent =
          new ListRequest(
              request.facts(), request.cursor(), passage.forwarding(server, request.meta()));
      CallOutcome outcome =
          found.list(
              new ClearedListing(sent, principal, server, cursor, passage.deadline()), channel);
      passage.paged(outcome);
      return outcome;
    }

    private static @Nullable String next(CallOutcome outcome) {
      return outcome instanceof CallOutcome.Replied replied
          ? replied.result().string("nextCursor")
          : null;
    }

    /** Takes in one page; what is wrong with it, or null. */
    private @Nullable Refusal take(String server, CallOutcome outcome) {
      return switch (outcome) {
        case CallOutcome.Failed failed ->
            Refusal.after(failed.reason(), failed.fate(), failed.detail());
        case CallOutcome.Waiting waiting ->
            Refusal.after(ReasonCode.DOWNSTREAM_INVALID, Fate.UNKNOWN, "a list needs no input");
        case CallOutcome.ServerError error -> refused(error.error());
        case CallOutcome.Replied replied -> entries(server, replied.result().array(kind.member()));
      };
    }

    private static Refusal refused(JsonObject error) {
      Long code = error.get("code") instanceof JsonNumber number ? number.longValue() : null;
      if (code != null && code == METHOD_UNKNOWN) {
        return Refusal.of(ReasonCode.METHOD_UNKNOWN, "the server has no such list");
      }
      return code != null && code == PARAMS_INVALID
          ? Refusal.of(ReasonCode.PARAMS_INVALID, "the server does not know the cursor")
          : Refusal.after(ReasonCode.DOWNSTREAM_INVALID, Fate.EXECUTED, "the server refuses to list");
    }

    private @Nullable Refusal entries(String server, @Nullable JsonArray page) {
      if (page == null) {
        return Refusal.after(
            ReasonCode.DOWNSTREAM_INVALID, Fate.EXECUTED, "the list has no known shape");
      }
      for (JsonValue value : page.values()) {
        JsonObject entry = value instanceof JsonObject object ? object : JsonObject.of();
        String name = kind.name(entry);
        var primitive = name == null ? null : parts.primitives().find(server, kind.of(), name);
        if (primitive != null
            && parts.policy().visible(
                PolicyInput.listing(request, principal, primitive, passage.now()))) {
          listed.add(kind.exposed(entry, request.facts().route(), server));
        } else {
          withheld++;
        }
      }
      return null;
    }

    private void answer(Cursors.@Nullable Position next) {
      passage.listed(listed.size(), withheld, parts.policy().revision());
      JsonObject.Builder result =
          JsonObject.builder()
              .put(kind.member(), new JsonArray(listed))
              .put("resultType", "complete")
              .put("ttlMs", 0)
              .put("cacheScope", "private");
      result.putIfPresent(
          "nextCursor", next == null ? null : cursors.seal(next, request, principal));
      passage.answerLocally(result.build());
    }
  }
}
