package dev.mcpguard.policy;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonNull;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.json.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The base document of a policy: each {@code data.json} and {@code data.yaml} rooted at its folder, as
 * in an OPA bundle. Two files that give the same member are a finding, never merged silently. Pure.
 */
public final class PolicyData {
  private static final JsonLimits LIMITS = new JsonLimits(256 << 20, 64, 10_000_000, 4_096, 10_000);

  private PolicyData() {}

  /** The merged document. */
  public static JsonObject of(SortedMap<String, String> files) throws ConfigException {
    JsonObject root = JsonObject.of();
    for (Map.Entry<String, String> file : files.entrySet()) {
      JsonObject content = content(file.getKey(), file.getValue());
      int slash = file.getKey().lastIndexOf('/');
      String[] folders = slash < 0 ? new String[0] : file.getKey().substring(0, slash).split("/");
      for (int i = folders.length - 1; i >= 0; i--) {
        content = JsonObject.of().with(folders[i], content);
      }
      root = merge(root, content, file.getKey());
    }
    return root;
  }

  private static JsonObject content(String name, String text) throws ConfigException {
    JsonValue value =
        name.endsWith(".json") ? json(name, text) : StrictYaml.parse(text, name).root();
    if (value == JsonNull.NULL) {
      return JsonObject.of();
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw problem(name, 0, "is no object", "write `name: value` members");
  }

  private static JsonValue json(String name, String text) throws ConfigException {
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), LIMITS);
    } catch (MalformedJsonException malformed) {
      throw problem(name, malformed.line(), malformed.problem(), "correct the JSON");
    }
  }

  private static JsonObject merge(JsonObject into, JsonObject from, String file)
      throws ConfigException {
    JsonObject merged = into;
    for (Map.Entry<String, JsonValue> member : from.members().entrySet()) {
      JsonValue there = merged.get(member.getKey());
      JsonValue value = member.getValue();
      if (there instanceof JsonObject left && value instanceof JsonObject right) {
        value = merge(left, right, file);
      } else if (there != null) {
        throw problem(
            file, 0, "gives `" + member.getKey() + "` which another data file gives too",
            "keep it in one file");
      }
      merged = merged.with(member.getKey(), value);
    }
    return merged;
  }

  private static ConfigException problem(String file, int line, String problem, String advice) {
    return new ConfigException(List.of(new Finding(file, line, "", problem, advice)));
  }
}
