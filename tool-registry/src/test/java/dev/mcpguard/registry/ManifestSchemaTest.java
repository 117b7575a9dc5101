package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonBoolean;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonNumber;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.StrictYaml;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published schema and the loader accept and refuse the same manifests. */
final class ManifestSchemaTest {
  private static final Path GOOD = Path.of("src/test/resources/manifests/good");

  /** What stands in place of each value of each sample in turn. */
  private static final List<JsonValue> REPLACEMENTS =
      List.of(
          JsonNull.NULL,
          new JsonString(""),
          new JsonString(" "),
          new JsonString("x"),
          new JsonString("Read"),
          new JsonString("admin"),
          new JsonString("a b"),
          new JsonString("/x"),
          new JsonString("15m"),
          new JsonString("0s"),
          new JsonString("*.x"),
          new JsonString("2027-03-31"),
          new JsonString("env:X"),
          new JsonString("é"),
          new JsonString("-"),
          JsonNumber.of(0),
          JsonNumber.of(-1),
          JsonNumber.of(3),
          new JsonNumber("1.5"),
          JsonBoolean.TRUE,
          JsonArray.of(),
          JsonArray.of(JsonNull.NULL),
          JsonArray.ofStrings(List.of("x")),
          JsonArray.ofStrings(List.of("read", "..")),
          JsonObject.of(),
          JsonObject.builder().put("unknown", 1).build(),
          JsonObject.builder().put("type", "none").build());

  /** Fields that a schema cannot compare with others; the loader refuses what does not fit. */
  private static final List<String> COMPARED =
      List.of("/arguments/amount/highest", "/arguments/channel/values");

  private final URI schema = URI.create("urn:manifest");
  private final Validator validator =
      new ValidatorFactory().withJsonNodeFactory(new JakartaJsonNode.Factory()).createValidator();

  @BeforeEach
  void schemaIsItselfValid() throws Exception {
    validator.registerSchema(schema, Files.readString(Path.of("schema/manifest.schema.json")));
  }

  private boolean schemaAccepts(JsonValue manifest) {
    return validator.validate(schema, JsonText.text(manifest)).isValid();
  }

  private static boolean loaderAccepts(String server, JsonValue manifest) {
    try {
      RegistryLoader.ofEvidence(JsonObject.builder().put(server, manifest).build());
      return true;
    } catch (ConfigException refused) {
      return false;
    }
  }

  @Test
  void samplesAreAcceptedByBoth() throws Exception {
    for (Map.Entry<String, JsonObject> sample : samples()) {
      var result = validator.validate(schema, JsonText.text(sample.getValue()));
      assertTrue(result.isValid(), () -> result.getErrors().toString());
      assertTrue(loaderAccepts(sample.getKey(), sample.getValue()), sample.getKey());
    }
  }

  @Test
  void everySingleEditOfASampleIsJudgedAlikeByBoth() throws Exception {
    Set<String> disagreements = new LinkedHashSet<>();
    int edits = 0;
    for (Map.Entry<String, JsonObject> sample : samples()) {
      for (Edit edit : edits(sample.getValue())) {
        edits++;
        JsonValue edited = edit.value();
        boolean loads = loaderAccepts(server(edited, sample.getKey()), edited);
        boolean valid = schemaAccepts(edited);
        boolean compared = !loads && COMPARED.stream().anyMatch(edit.place()::contains);
        if (loads != valid && !compared) {
          disagreements.add((loads ? "only loads: " : "only valid: ") + edit.place());
        }
      }
    }
    assertTrue(edits > 2_000, "only " + edits);
    assertEquals("", String.join("\n", disagreements));
  }

  /** The name of the file follows the server, so that only the content is judged. */
  private static String server(JsonValue manifest, String fallback) {
    String server = manifest instanceof JsonObject object ? object.string("server") : null;
    return server == null ? fallback : server;
  }

  private record Edit(String place, JsonValue value) {
    Edit inside(String name, Function<JsonValue, JsonValue> around) {
      return new Edit("/" + name + place, around.apply(value));
    }
  }

  private static List<Edit> edits(JsonValue value) {
    List<Edit> edits = new ArrayList<>();
    for (JsonValue replacement : REPLACEMENTS) {
      edits.add(new Edit(" = " + JsonText.text(replacement), replacement));
    }
    if (value instanceof JsonObject object) {
      edits.add(new Edit(" with another field", object.with("unknown-field", JsonObject.of())));
      for (String name : object.members().keySet()) {
        edits.add(new Edit(" without " + name, object.without(name)));
        for (Edit inner : edits(object.members().getOrDefault(name, JsonNull.NULL))) {
          edits.add(inner.inside(name, changed -> object.with(name, changed)));
        }
      }
    }
    if (value instanceof JsonArray array) {
      for (int i = 0; i < array.values().size(); i++) {
        int at = i;
        for (Edit inner : edits(array.values().get(i))) {
          edits.add(inner.inside("" + i, changed -> replaced(array, at, changed)));
        }
      }
    }
    return edits;
  }

  private static JsonArray replaced(JsonArray array, int at, JsonValue changed) {
    List<JsonValue> values = new ArrayList<>(array.values());
    values.set(at, changed);
    return new JsonArray(values);
  }

  private static List<Map.Entry<String, JsonObject>> samples() throws Exception {
    List<Map.Entry<String, JsonObject>> samples = new ArrayList<>();
    try (Stream<Path> files = Files.list(GOOD)) {
      for (Path file : files.sorted().toList()) {
        String server = file.getFileName().toString().replace(".yaml", "");
        samples.add(Map.entry(server, (JsonObject) StrictYaml.parse(file).root()));
      }
    }
    return samples;
  }
}
