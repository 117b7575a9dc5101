package dev.mcpguard.downstream.catalogue;

import dev.mcpguard.downstream.wire.Caller;
import dev.mcpguard.downstream.wire.Deadline;
import dev.mcpguard.downstream.wire.MirroredParameters;
import dev.mcpguard.downstream.wire.ServerLink;
import dev.mcpguard.downstream.wire.ServerRequest;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ProtocolVersion;
import dev.mcpguard.model.ReplyChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fetches the whole {@code tools/list} of a server, within bounds (threat E4). Stateless. */
final class ListingFetcher {
  private static final int MOST_PAGES = 100;
  private static final int MOST_TOOLS = 10_000;
  private static final int MOST_BYTES = 32 << 20;

  private ListingFetcher() {}

  static Listing fetch(ServerLink link, Deadline deadline) {
    List<JsonObject> tools = new ArrayList<>();
    Set<String> cursors = new HashSet<>();
    JsonObject params = JsonObject.of();
    long bytes = 0;
    for (int page = 0; page < MOST_PAGES; page++) {
      Caller guard = Caller.guard(ProtocolVersion.LATEST_MODERN);
      ServerRequest request = ServerRequest.own("tools/list", params, guard, deadline);
      CallOutcome outcome = link.send(request, ReplyChannel.NONE);
      if (!(outcome instanceof CallOutcome.Replied replied)) {
        return new Listing.Incomplete(problem(outcome));
      }
      bytes += replied.bytes();
      String flaw = collect(replied.result(), link.mirrorsArguments(), tools);
      if (flaw != null || tools.size() > MOST_TOOLS || bytes > MOST_BYTES) {
        return new Listing.Incomplete(flaw == null ? "the tool list is too long" : flaw);
      }
      String cursor = replied.result().string("nextCursor");
      if (cursor == null) {
        return new Listing.Complete(tools);
      }
      if (!cursors.add(cursor)) {
        return new Listing.Incomplete("the tool list goes in circles");
      }
      params = JsonObject.builder().put("cursor", new JsonString(cursor)).build();
    }
    return new Listing.Incomplete("the tool list has more than " + MOST_PAGES + " pages");
  }

  private static @Nullable String collect(
      JsonObject result, boolean mirrored, List<JsonObject> into) {
    JsonArray page = result.array("tools");
    boolean cursorFits = !result.has("nextCursor") || result.string("nextCursor") != null;
    if (page == null || !cursorFits) {
      return "the tool list has no known shape";
    }
    for (JsonValue entry : page.values()) {
      if (!(entry instanceof JsonObject tool) || tool.string("name") == null) {
        return "the tool list holds something that is no tool";
      }
      // a client must drop a tool whose header marks are broken (MCP 2026-07-28)
      if (!mirrored || MirroredParameters.of(tool).flaw() == null) {
        into.add(tool);
      }
    }
    return null;
  }

  private static String problem(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Failed failed -> failed.detail();
      case CallOutcome.ServerError error -> "the server refuses to list its tools";
      case CallOutcome.Waiting waiting -> "a list needs no input";
      case CallOutcome.Replied replied -> "the tool list has no known shape";
    };
  }
}
