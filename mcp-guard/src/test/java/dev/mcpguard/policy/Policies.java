package dev.mcpguard.policy;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.model.AuthorizationRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The shipped policy and inputs for it. */
public final class Policies {
  /** Long enough for a machine under load. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private Policies() {}

  /** The folder {@code policies/} of this project. */
  public static Path folder() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(at.resolve("policies/authz.rego"))) {
      at = at.getParent();
    }
    return at.resolve("policies");
  }

  public static PolicyFiles shippedFiles() throws ConfigException {
    return PolicyFiles.read(folder());
  }

  public static CompiledPolicies shipped() throws ConfigException {
    return CompiledPolicies.compile(shippedFiles(), PATIENCE);
  }

  /** One module as the whole policy. */
  public static PolicyFiles files(String module) {
    return new PolicyFiles(new TreeMap<>(Map.of("policy.rego", module)));
  }

  public static JsonValue json(String text) {
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.message());
    } catch (MalformedJsonException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  public static JsonValue read(Path file) throws IOException {
    return json(Files.readString(file));
  }

  public static AuthorizationRequest request(JsonValue input) {
    return new AuthorizationRequest((JsonObject) input);
  }

  /** A call that the shipped policy permits. */
  public static JsonObject permittedCall() {
    return (JsonObject)
        json(
            """
            {"subject":{"type":"agent","id":"billing-bot","properties":{
               "issuer":"https://idp.example","client_id":"billing","owner":"ann@example.com",
               "purposes":{"invoice":{"class":"write","tools":["files/*"]}},
               "ceiling":"write","sensitivity":"confidential","scopes":["mcp:write"],
               "delegation":[],"authenticated_by":"jwt"}},
             "action":{"name":"tools/call","properties":
               {"class":"write","effects":[],"egress":false}},
             "resource":{"type":"tool","id":"files/put","properties":{
               "server":"files","tool":"put","owner":"bob@example.com","sensitivity":"internal",
               "destination":"internal","definition_digest":"sha256:00","status":"approved"}},
             "context":{"time":"2026-03-01T12:00:00Z","intent":{"purpose":"invoice",
               "class":"write","tools":[],"resources":[],"destinations":[],"source":"asserted"},
               "arguments":{"path":"/srv/invoices/1"},"findings":[],"protocol":"2025-11-25",
               "front":"http","trace":{}}}
            """);
  }
}
