package dev.mcpguard.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.app.registry.DefinitionJudge;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonText;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.registry.LiveCatalogue;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.ToolOffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guard's own tools, their classes, and the OpenAPI file that describes their plain form. */
class OwnToolsTest {
  private static final Path OPENAPI =
      Path.of("..", "docs", "schema", "admin-api.openapi.json");

  /** What could name a way to a server, a program or a secret, in any spelling. */
  private static final Pattern WAY =
      Pattern.compile(
          "(?i).*(command|argv|args|exec|program|shell|env|url|uri|host|address|transport|"
              + "credential|secret|token|path|file|folder|package|image|by$|approver).*");

  private static ServerManifest manifest() throws Exception {
    return OwnTools.manifest("platform", "#platform");
  }

  @Test
  void everyToolIsServedWithTheClassOfItsEffect() throws Exception {
    LiveCatalogue live =
        LiveCatalogue.of(manifest(), OwnTools.definitions(), new DefinitionJudge()::apply);
    Map<String, RiskClass> classes = new TreeMap<>();
    for (ToolOffer.Served tool : live.served()) {
      classes.put(tool.tool().name().text(), tool.tool().riskClass());
    }
    assertEquals(List.of(), live.withheld());
    Map<String, RiskClass> expected = new TreeMap<>();
    for (String verb :
        List.of("list", "show", "diff", "inspect", "lint", "classify", "export", "access")) {
      expected.put("registry_" + verb, RiskClass.READ);
    }
    for (String verb : List.of("approve", "quarantine", "retire")) {
      expected.put("registry_" + verb, RiskClass.ADMIN);
    }
    assertEquals(expected, classes);
  }

  @Test
  void e6NoArgumentOfAnyVerbNamesAWayToAServerOrAnApprover() {
    for (JsonObject definition : OwnTools.definitions()) {
      for (String name : names(Objects.requireNonNull(definition.object("inputSchema")))) {
        assertTrue(!WAY.matcher(name).matches(), () -> definition.string("name") + ": " + name);
      }
    }
  }

  @Test
  void e6EverySchemaIsClosed() {
    for (JsonObject definition : OwnTools.definitions()) {
      JsonObject schema = Objects.requireNonNull(definition.object("inputSchema"));
      assertEquals("false", JsonText.text(Objects.requireNonNull(schema.get("additionalProperties"))));
    }
  }

  private static List<String> names(JsonObject schema) {
    JsonObject properties = schema.object("properties");
    return properties == null
        ? List.of()
        : properties.members().entrySet().stream()
            .flatMap(
                each ->
                    Stream.concat(
                        Stream.of(each.getKey()),
                        names((JsonObject) each.getValue()).stream()))
            .toList();
  }

  @Test
  void manifestComesBackFromEvidenceTheSame() throws Exception {
    RegistrySnapshot snapshot = RegistrySnapshot.of(List.of(manifest()));
    RegistrySnapshot again = RegistryLoader.ofEvidence(snapshot.evidence());
    assertEquals(snapshot.revision(), again.revision());
    assertEquals(snapshot.manifests().toString(), again.manifests().toString());
  }

  /** Written anew with {@code -Drefresh=true}. */
  @Test
  void openApiFileDescribesEveryVerbAsItIs() throws Exception {
    JsonObject expected = openApi();
    if (Boolean.getBoolean("refresh")) {
      Files.writeString(OPENAPI, JsonText.text(expected) + "\n");
    }
    assertEquals(
        expected, StrictJson.parse(Files.readAllBytes(OPENAPI), JsonLimits.message()));
  }

  private static JsonObject openApi() {
    JsonObject.Builder paths = JsonObject.builder();
    for (JsonObject definition : OwnTools.definitions()) {
      String verb = Objects.requireNonNull(definition.string("name")).replace('_', '/');
      paths.put("/admin/v1/" + verb, object("post", operation(definition)));
    }
    JsonObject bearer =
        JsonObject.builder().put("type", "http").put("scheme", "bearer").build();
    return JsonObject.builder()
        .put("openapi", "3.1.0")
        .put(
            "info",
            JsonObject.builder().put("title", "mcp-guard admin API").put("version", "1").build())
        .put("paths", paths.build())
        .put(
            "components",
            JsonObject.builder()
                .put("securitySchemes", object("token", bearer))
                .put("schemas", object("error", error()))
                .build())
        .put("security", JsonArray.of(object("token", JsonArray.of())))
        .build();
  }

  private static JsonObject operation(JsonObject definition) {
    JsonObject schema = Objects.requireNonNull(definition.object("inputSchema"));
    JsonObject intent =
        JsonObject.builder()
            .put("type", "object")
            .put("description", "as _meta[\"dev.mcpguard/intent\"] of an MCP call")
            .build();
    JsonObject properties = Objects.requireNonNull(schema.object("properties"));
    JsonObject body = schema.with("properties", properties.with("intent", intent));
    return JsonObject.builder()
        .put("operationId", Objects.requireNonNull(definition.string("name")))
        .put("summary", Objects.requireNonNull(definition.string("title")))
        .put("description", Objects.requireNonNull(definition.string("description")))
        .put("requestBody", JsonObject.of().with("content", media(body)))
        .put(
            "responses",
            JsonObject.builder()
                .put("200", response("done", object("type", new JsonString("object"))))
                .put(
                    "default",
                    response(
                        "refused or declined",
                        object("$ref", new JsonString("#/components/schemas/error"))))
                .build())
        .build();
  }

  private static JsonObject response(String words, JsonObject schema) {
    return JsonObject.builder().put("description", words).put("content", media(schema)).build();
  }

  private static JsonObject media(JsonObject schema) {
    return object("application/json", object("schema", schema));
  }

  private static JsonObject error() {
    JsonObject text = object("type", new JsonString("string"));
    JsonObject error =
        JsonObject.builder()
            .put("type", "object")
            .put("required", JsonArray.ofStrings(List.of("reason", "decisionId", "outcome")))
            .put(
                "properties",
                JsonObject.builder()
                    .put("reason", text)
                    .put("decisionId", text)
                    .put("outcome", text)
                    .put("message", text)
                    .build())
            .build();
    return JsonObject.builder()
        .put("type", "object")
        .put("required", JsonArray.ofStrings(List.of("error")))
        .put("properties", object("error", error))
        .build();
  }

  private static JsonObject object(String name, JsonValue value) {
    return JsonObject.of().with(name, value);
  }
}
