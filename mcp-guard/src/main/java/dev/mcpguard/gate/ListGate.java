package dev.mcpguard.gate;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.Answer;
import dev.mcpguard.model.AuthorizationRequest;
import dev.mcpguard.model.Identification;
import dev.mcpguard.model.ListRequest;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.ServedTool;
import java.util.ArrayList;
import java.util.List;

/**
 * PEP for {@code tools/list}: a caller sees only what policy could permit it, from approved
 * definitions, in stable order. Filtering is a courtesy; the control is {@link ToolCallGate}.
 */
final class ListGate {
  private final GateParts parts;
  private final ListFilter filter;

  ListGate(GateParts parts, ListFilter filter) {
    this.parts = parts;
    this.filter = filter;
  }

  Answer list(ListRequest request) {
    Passage passage = parts.passages().open(request.facts());
    return passage.walk(
        () -> {
          switch (passage.admitted()) {
            case Identification.Unidentified unidentified -> passage.refuse(unidentified);
            case Identification.Identified(Principal principal) -> answer(request, principal, passage);
          }
        });
  }

  private void answer(ListRequest request, Principal principal, Passage passage) {
    if (request.cursor() != null) {
      passage.refuse(ReasonCode.PARAMS_INVALID, "the list has one page, so no cursor was given out");
    } else {
      passage.answerLocally(visible(request, principal, passage));
    }
  }

  private JsonObject visible(ListRequest request, Principal principal, Passage passage) {
    List<JsonValue> listed = new ArrayList<>();
    int withheld = 0;
    for (String server : servers(request)) {
      for (ServedTool tool : parts.registry().served(server)) {
        AuthorizationRequest question = PolicyInput.listing(request, principal, tool, passage.now());
        if (parts.policy().visible(question)) {
          listed.add(filter.exposed(tool, request, principal));
        } else {
          withheld++;
        }
      }
    }
    passage.listed(listed.size(), withheld, parts.policy().revision());
    return JsonObject.builder()
        .put("tools", new JsonArray(listed))
        .put("resultType", "complete")
        .put("ttlMs", 0)
        .put("cacheScope", "private")
        .build();
  }

  private List<String> servers(ListRequest request) {
    String server = request.facts().route().server();
    return server == null ? parts.registry().servers() : List.of(server);
  }
}
