package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.Decision;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.IdentifiedPrimitive;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.ListenRequest;
import dev.mcpguard.model.PrimitiveCall;
import dev.mcpguard.model.Principal;
import dev.mcpguard.registry.PrimitiveKind;
import dev.mcpguard.registry.RegisteredPrimitive;
import java.util.ArrayList;
import java.util.List;

/**
 * PEP for {@code subscriptions/listen}: policy is asked about each resource; what it does not permit
 * is not honoured and not told of. News of lists carries no data and needs a verified caller only.
 */
final class ListenGate {
  private final GateParts parts;

  ListenGate(GateParts parts) {
    this.parts = parts;
  }

  /** The answer's result has the members {@code lists} and {@code resources}: what is honoured. */
  Answer listen(ListenRequest request) {
    Passage passage = parts.passages().open(request.facts());
    return passage.walk(
        () -> {
          switch (passage.identify()) {
            case Identification.Unidentified unidentified -> passage.refuse(unidentified);
            case Identification.Identified(Principal principal) ->
                honour(request, principal, passage);
          }
        });
  }

  private void honour(ListenRequest request, Principal principal, Passage passage) {
    List<String> honoured = new ArrayList<>();
    for (ListenRequest.Watched watched : request.resources()) {
      if (permitted(request, watched, principal, passage)) {
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
      ListenRequest request, ListenRequest.Watched watched, Principal principal, Passage passage) {
    RegisteredPrimitive primitive =
        parts.primitives().find(watched.server(), PrimitiveKind.RESOURCE, watched.uri());
    JsonObject params = JsonObject.builder().put("uri", watched.uri()).build();
    PrimitiveCall call =
        PrimitiveCall.of(
            request.facts(), watched.server(), params.with("_meta", request.meta()));
    if (primitive == null || call == null) {
      return false;
    }
    IdentifiedPrimitive identified = new IdentifiedPrimitive(call, principal);
    return parts.intents().read(identified, primitive) instanceof IntentReading.Declared declared
        && PrimitiveClassifier.classify(identified, primitive, declared)
            instanceof PrimitiveClassifier.Classified(var classified)
        && parts.policy().decide(PolicyInput.asking(classified, passage.now()))
            instanceof Decision.Permit permit
        && permit.obligations().stream().allMatch(parts.release()::canDischarge);
  }
}
