package dev.mcpguard.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.model.Intent;
import dev.mcpguard.model.IntentReading;
import dev.mcpguard.model.ServedTool;
import dev.mcpguard.registry.DataExposure;
import dev.mcpguard.registry.Destination;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Invariant I4 over random intents: a carrier more, or a field narrower, only shrinks what is
 * permitted.
 */
final class IntentOnlyNarrowsTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final List<String> TOOLS =
      List.of("files/read_file", "files/write_file", "notes/add", "notes/list");
  private static final List<String> PATTERNS =
      List.of("files/*", "notes/*", "files/read_file", "files/write_file", "notes/add");
  private static final List<ServedTool> SERVED = served();

  private final Random random = new Random(SEED);

  private static List<ServedTool> served() {
    List<ServedTool> all = new ArrayList<>();
    for (String id : TOOLS) {
      for (Sensitivity sensitivity : Sensitivity.values()) {
        for (Destination destination : Destination.values()) {
          String[] parts = id.split("/");
          all.add(
              Calls.tool(
                  parts[0],
                  parts[1],
                  RiskClass.READ,
                  new DataExposure(sensitivity, destination),
                  Calls.PLAIN));
        }
      }
    }
    return all;
  }

  /** Everything these carriers permit: each tool with each class. */
  private static Set<String> permitted(String arguments, JsonObject intent, String... details) {
    Set<String> permitted = new HashSet<>();
    for (int i = 0; i < SERVED.size(); i++) {
      IntentReading reading =
          new DeclaredIntentReader()
              .read(
                  Calls.call(
                      Calls.agent("look"), arguments, Calls.meta(JsonText.text(intent)), details),
                  SERVED.get(i));
      if (reading instanceof IntentReading.Declared(Intent found, var args, var meta)) {
        for (RiskClass riskClass : RiskClass.values()) {
          if (found.ceiling().covers(riskClass)) {
            permitted.add(i + " " + riskClass);
          }
        }
      }
    }
    return permitted;
  }

  private JsonObject intent() {
    JsonObject.Builder intent = JsonObject.builder().put("purpose", pick("look", "fix", "rule"));
    for (String field : List.of("class", "tools", "destinations", "sensitivity", "task")) {
      if (random.nextBoolean()) {
        put(intent, field);
      }
    }
    return intent.build();
  }

  private void put(JsonObject.Builder intent, String field) {
    switch (field) {
      case "class" -> intent.put("class", pick("read", "write", "admin"));
      case "tools" -> intent.put("tools", some(PATTERNS));
      case "destinations" ->
          intent.put("destinations", some(List.of("internal", "partner", "internet")));
      case "sensitivity" ->
          intent.put("sensitivity", pick("public", "internal", "confidential", "restricted"));
      default -> intent.put("task", pick("T-1", "T-2"));
    }
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private JsonArray some(List<String> from) {
    return JsonArray.ofStrings(from.stream().filter(text -> random.nextBoolean()).toList());
  }

  private static void shrinks(Set<String> wide, Set<String> narrow, Object what) {
    assertTrue(wide.containsAll(narrow), () -> "seed " + SEED + ": " + what);
  }

  @Test
  void i4FieldMoreOrNarrowerNeverWidens() {
    int strictly = 0;
    for (int i = 0; i < 400; i++) {
      JsonObject wide = intent();
      Set<String> before = permitted("{}", wide);
      for (String field : List.of("class", "tools", "destinations", "sensitivity", "task")) {
        Set<String> without = permitted("{}", wide.without(field));
        shrinks(without, before, JsonText.text(wide) + " without " + field);
        strictly += without.size() > before.size() ? 1 : 0;
      }
      for (String list : List.of("tools", "destinations")) {
        JsonArray array = wide.array(list);
        if (array != null && !array.values().isEmpty()) {
          JsonArray fewer = new JsonArray(array.values().subList(1, array.values().size()));
          JsonObject narrow = wide.with(list, fewer);
          shrinks(before, permitted("{}", narrow), JsonText.text(narrow));
        }
      }
      JsonObject least = wide.with("class", new JsonString("read"));
      shrinks(before, permitted("{}", least), JsonText.text(least));
    }
    assertTrue(strictly > 100, "the fields do narrow: " + strictly);
  }

  @Test
  void i4CarrierMoreNeverWidens() {
    int strictly = 0;
    for (int i = 0; i < 400; i++) {
      JsonObject intent = intent();
      Set<String> alone = permitted("{}", intent);
      String flat = "{\"guard_purpose\":\"" + pick("look", "fix", "rule", "gone") + "\"}";
      shrinks(alone, permitted(flat, intent), flat + JsonText.text(intent));
      String[] details = new String[1 + random.nextInt(3)];
      for (int j = 0; j < details.length; j++) {
        details[j] = detail();
      }
      Set<String> committed = permitted("{}", intent, details);
      shrinks(alone, committed, List.of(details) + JsonText.text(intent));
      strictly += alone.size() > committed.size() ? 1 : 0;
      shrinks(committed, permitted(flat, intent, details), flat + List.of(details));
      // Alternatives add up to exactly what each of them permits alone.
      Set<String> union = new HashSet<>();
      for (String detail : details) {
        union.addAll(permitted("{}", intent, detail));
      }
      assertEquals(union, committed, "seed " + SEED + List.of(details) + JsonText.text(intent));
    }
    assertTrue(strictly > 50, "the carriers do narrow: " + strictly);
  }

  private String detail() {
    JsonObject.Builder detail = JsonObject.builder().put("type", "mcp_tool_call");
    if (random.nextBoolean()) {
      detail.put("locations", JsonArray.ofStrings(List.of(pick(Calls.RESOURCE, "https://other"))));
    }
    if (random.nextBoolean()) {
      detail.put("actions", some(List.of("read", "write", "admin")));
    }
    if (random.nextBoolean()) {
      detail.put("datatypes", some(List.of("public", "internal", "restricted")));
    }
    if (random.nextBoolean()) {
      detail.put("purpose", pick("look", "fix", "rule"));
    }
    return JsonText.text(detail.build());
  }
}
