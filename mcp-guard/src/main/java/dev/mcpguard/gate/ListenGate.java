package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.ReplyChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * PEP for {@code subscriptions/listen}. Each resource is a request of its own through {@link
 * PrimitiveGate}, with its own decision and record; what is not permitted is not honoured, and not
 * told of. News of lists carries no data and needs a verified caller only.
 */
final class ListenGate {
  private final GateParts parts;
  private final PrimitiveGate primitives;

  ListenGate(GateParts parts, PrimitiveGate primitives) {
    this.parts = parts;
    this.primitives = primitives;
  }

  /** The answer's result has the members {@code lists} and {@code resources}: what is honoured. */
  Answer listen(ListenRequest request, ReplyChannel channel) {
    Passage passage = parts.passages().open(request.facts());
    return passage.walk(
        () -> {
          switch (passage.admittedToStream()) {
            case Identification.Unidentified unidentified -> passage.refuse(unidentified);
            case Identification.Identified identified -> honour(request, channel, passage);
          }
        });
  }

  private void honour(ListenRequest request, ReplyChannel channel, Passage passage) {
    List<String> honoured = new ArrayList<>();
    int number = 0;
    for (ListenRequest.Watched watched : request.resources()) {
      number++;
      if (permitted(request, watched, number, channel)) {
        honoured.add(watched.exposed());
      }
    }
    int withheld = request.resources().size() - honoured.size();
    passage.listed(honoured.size(), withheld, parts.policy().revision());
    passage.answerLocally(
        JsonObject.builder()
            .put("lists", JsonArray.ofStrings(request.lists()))
            .put("resources", JsonArray.ofStrings(honoured))
            .build());
  }

  private boolean permitted(
      ListenRequest request, ListenRequest.Watched watched, int number, ReplyChannel channel) {
    JsonObject params =
        JsonObject.builder().put("uri", watched.uri()).put("_meta", request.meta()).build();
    String id = request.facts().decisionId() + "-" + number;
    PrimitiveCall call =
        PrimitiveCall.of(request.facts().as(id), watched.server(), params);
    return call != null && primitives.call(call, channel) instanceof Answer.Result;
  }
}
