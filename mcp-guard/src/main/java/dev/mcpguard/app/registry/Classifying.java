package dev.mcpguard.app.registry;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.VisibleText;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.classify.Reason;
import dev.mcpguard.registry.classify.Suggestion;
import dev.mcpguard.registry.classify.ToolClassifier;
import dev.mcpguard.registry.classify.ToolDescription;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Suggestions of the classifier as documents. Pure. */
public final class Classifying {
  private Classifying() {}

  /** One suggestion for each element, in order; what is no tool object is admin. */
  public static JsonArray all(JsonArray tools) {
    ToolClassifier classifier = new ToolClassifier();
    List<JsonValue> suggestions = new ArrayList<>();
    for (JsonValue tool : tools.values()) {
      JsonObject object = tool instanceof JsonObject known ? known : JsonObject.of();
      ToolDescription description = ToolDescription.of(object.string("server"), object);
      suggestions.add(document(description.name(), classifier.classify(description)));
    }
    return new JsonArray(suggestions);
  }

  private static JsonObject document(String name, Suggestion suggestion) {
    return JsonObject.builder()
        .put("name", name)
        .put("class", suggestion.riskClass().text())
        .put("effects", JsonArray.ofStrings(suggestion.effects().stream().map(Effect::text).toList()))
        .put("confidence", new JsonNumber(BigDecimal.valueOf(suggestion.confidence()).toPlainString()))
        .put("reasons", JsonArray.ofStrings(suggestion.reasons().stream().map(Reason::words).toList()))
        .build();
  }

  /** One document for people. */
  public static String line(JsonObject suggestion) {
    JsonArray reasons = suggestion.array("reasons");
    return VisibleText.of(
        String.format("%-40s %-6s ", suggestion.string("name"), suggestion.string("class"))
            + (reasons == null ? "" : JsonText.text(reasons)));
  }
}
