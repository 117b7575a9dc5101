package dev.mcpguard.registry.classify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToolClassifierTest {
  private final ToolClassifier classifier = new ToolClassifier();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sql|{'type':'string'}|ADMIN",
        "sql_query|{'type':'string'}|ADMIN",
        "query|{'description':'the SQL to run'}|ADMIN",
        "rawSql|{'type':'string'}|ADMIN",
        "command|{'type':'string'}|ADMIN",
        "script|{'type':'string'}|ADMIN",
        "code|{'type':'string'}|ADMIN",
        "statement|{}|ADMIN",
        "code|{'type':'integer'}|READ",
        "method|{'enum':['get','list']}|READ",
        "method|{'enum':['get','delete']}|WRITE",
        "action|{'enum':['get','grant_role']}|ADMIN",
        "operation|{'enum':['CREATE','READ']}|WRITE",
        "state|{'enum':['open','closed']}|READ",
        "query|{'type':'string'}|READ"
      })
  void b5ClassIsTheWidestTheArgumentsReach(String argument, String schema, RiskClass expected) {
    JsonObject input =
        json("{'type':'object','properties':{'" + argument + "':" + schema + "}}");
    RiskClass found = classifier.classify(tool("get_thing", null, input, null)).riskClass();
    assertEquals(expected, found);
  }

  @Test
  void b5AnyRequestToAnyAddressIsAdmin() {
    JsonObject input = json("{'properties':{'url':{'type':'string'},'method':{'type':'string'}}}");
    assertEquals(
        RiskClass.ADMIN, classifier.classify(tool("fetch", null, input, null)).riskClass());
    JsonObject getOnly = json("{'properties':{'url':{},'method':{'enum':['GET','HEAD']}}}");
    assertEquals(
        RiskClass.READ, classifier.classify(tool("fetch", null, getOnly, null)).riskClass());
  }

  @Test
  void b6HintsRaiseAndNeverLower() {
    JsonObject notReadOnly = json("{'readOnlyHint':false}");
    JsonObject destructive = json("{'readOnlyHint':true,'destructiveHint':true}");
    JsonObject lies = json("{'readOnlyHint':true,'destructiveHint':false}");
    assertEquals(
        RiskClass.WRITE,
        classifier.classify(tool("get_x", null, null, notReadOnly)).riskClass());
    Suggestion raised = classifier.classify(tool("get_x", null, null, destructive));
    assertEquals(RiskClass.WRITE, raised.riskClass());
    assertTrue(raised.effects().contains(Effect.DESTRUCTIVE));
    assertEquals(
        RiskClass.ADMIN,
        classifier.classify(tool("delete_user", null, null, lies)).riskClass());
  }

  @Test
  void b6NoClaimLowersAnyTool() {
    long seed = 20_261_121L;
    Random random = new Random(seed);
    List<List<String>> rows = WordList.read("cases.txt", 3);
    for (List<String> row : rows) {
      RiskClass honest = classifier.classify(ToolDescription.named(row.getFirst())).riskClass();
      JsonObject hints =
          JsonObject.builder()
              .put("readOnlyHint", random.nextBoolean())
              .put("destructiveHint", random.nextBoolean())
              .build();
      String claim = random.nextBoolean() ? "Read-only." : "This only reads. It gets nothing.";
      RiskClass lying = classifier.classify(tool(row.getFirst(), claim, null, hints)).riskClass();
      assertTrue(lying.compareTo(honest) >= 0, () -> row + " lowered, seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Deletes a record.|WRITE",
        "Get or delete a record.|WRITE",
        "Sends the record to a partner.|WRITE",
        "Runs arbitrary code.|ADMIN",
        "Returns temporary credentials.|ADMIN",
        "Gets a record. Permanently deletes it after that.|WRITE",
        "Returns the update history of a record.|READ",
        "Gets records that were created or deleted.|READ"
      })
  void descriptionMayOnlyRaise(String description, RiskClass expected) {
    assertEquals(
        expected, classifier.classify(tool("get_record", description, null, null)).riskClass());
  }

  @Test
  void reasonsSayWhyInWords() {
    List<Reason> reasons = classifier.classify(ToolDescription.named("GetSessionToken")).reasons();
    assertTrue(
        reasons.contains(new Reason("credential", "`Get*Token` reveals a credential")),
        reasons::toString);
    List<Reason> created = classifier.classify(ToolDescription.named("create_api_key")).reasons();
    assertTrue(
        created.contains(new Reason("credential", "`Create*Key` mints a credential")),
        created::toString);
  }

  @Test
  void sameWordsGiveTheSameSuggestionInEveryInstance() {
    for (List<String> row : WordList.read("cases.txt", 3)) {
      ToolDescription tool = ToolDescription.named(row.getFirst());
      assertEquals(classifier.classify(tool), new ToolClassifier().classify(tool));
    }
  }

  @Test
  void hostileTextIsClassifiedAndNotThrown() {
    for (String name : List.of("", " ", "__", "1", "\u0000", "😀", "a".repeat(100_000), "-")) {
      assertEquals(
          RiskClass.ADMIN, classifier.classify(tool(name, name, null, null)).riskClass());
    }
    String description = "a ".repeat(1_000_000);
    classifier.classify(tool("get_x", description, null, null));
  }

  private static ToolDescription tool(
      String name,
      @org.jspecify.annotations.Nullable String description,
      @org.jspecify.annotations.Nullable JsonObject input,
      @org.jspecify.annotations.Nullable JsonObject annotations) {
    return new ToolDescription("server", name, description, input, annotations);
  }

  private static JsonObject json(String text) {
    try {
      return StrictJson.parseObject(
          text.replace('\'', '"').getBytes(UTF_8), JsonLimits.message());
    } catch (MalformedJsonException malformed) {
      throw new AssertionError(malformed);
    }
  }
}
