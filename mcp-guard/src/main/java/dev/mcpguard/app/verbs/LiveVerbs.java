package dev.mcpguard.app.verbs;

import dev.mcpguard.admin.Verb;
import dev.mcpguard.admin.VerbAnswer;
import dev.mcpguard.app.registry.DefinitionJudge;
import dev.mcpguard.app.registry.LiveDifference;
import dev.mcpguard.app.registry.SafeText;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.registry.DefinitionDigest;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.OwnTransport;
import dev.mcpguard.registry.ToolOffer;
import dev.mcpguard.registry.classify.Suggestion;
import dev.mcpguard.registry.poison.PoisonFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The verbs that list a registered server anew, by the connection the guard has to it anyway: an
 * address or a program is never an argument (threat E6). Thread-safe.
 */
final class LiveVerbs {
  private final VerbParts parts;
  private final DefinitionJudge judge = new DefinitionJudge();

  LiveVerbs(VerbParts parts) {
    this.parts = parts;
  }

  VerbAnswer diff(Verb.Request request) {
    return listed(
        request,
        live -> {
          List<JsonValue> differences = new ArrayList<>();
          LiveDifference.of(live, parts.definitions(), false)
              .forEach(difference -> differences.add(difference.json()));
          return JsonObject.of().with("differences", new JsonArray(differences));
        });
  }

  VerbAnswer inspect(Verb.Request request) {
    return listed(
        request,
        live -> {
          List<JsonValue> tools = new ArrayList<>();
          live.listing().forEach(definition -> tools.add(tool(live, definition)));
          return JsonObject.of().with("tools", new JsonArray(tools));
        });
  }

  private VerbAnswer listed(Verb.Request request, Function<LiveCatalogue, JsonObject> told) {
    String server = Arguments.text(request.arguments(), "server");
    if (parts.registry().get().manifest(server) == null || server.equals(OwnTransport.SERVER)) {
      return ReadingVerbs.unknown(server);
    }
    LiveCatalogue live = parts.live().apply(server);
    return live == null
        ? new VerbAnswer.Declined("the tools of server `" + server + "` cannot be listed now")
        : new VerbAnswer.Done(told.apply(live));
  }

  private JsonObject tool(LiveCatalogue live, JsonObject definition) {
    String name = String.valueOf(definition.string("name"));
    Suggestion suggestion = judge.suggestion(definition);
    List<JsonValue> findings = new ArrayList<>();
    for (PoisonFinding finding :
        judge.findings(live.manifest().server().text(), definition, List.of())) {
      findings.add(
          JsonObject.builder()
              .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
              .put("code", finding.code().text())
              .put("place", SafeText.of(finding.place()))
              .put("words", SafeText.of(finding.words()))
              .build());
    }
    return JsonObject.builder()
        .put("tool", SafeText.cut(name, 128))
        .put("digest", DefinitionDigest.of(definition).text())
        .put("standing", standing(live.find(name)))
        .put("suggested_class", suggestion.riskClass().text())
        .put(
            "suggested_effects",
            JsonArray.ofStrings(suggestion.effects().stream().map(Effect::text).toList()))
        .put("why", SafeText.of(DefinitionJudge.words(suggestion)))
        .put("findings", new JsonArray(findings))
        .build();
  }

  private static String standing(ToolOffer offer) {
    return switch (offer) {
      case ToolOffer.Served served -> "served";
      case ToolOffer.Withheld withheld -> withheld.reason().code() + ": " + withheld.detail();
    };
  }
}
