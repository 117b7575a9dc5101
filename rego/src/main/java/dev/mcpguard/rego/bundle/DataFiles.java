package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.builtins.BuiltinContext;
import dev.mcpguard.rego.builtins.BuiltinError;
import dev.mcpguard.rego.builtins.YamlReader;
import dev.mcpguard.rego.Evaluation;
import dev.mcpguard.rego.value.JsonFormatException;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads the documents of a bundle and puts its data together. Pure. */
final class DataFiles {
  private DataFiles() {}

  /** The document in a file, by the ending of its name; JSON strictly, YAML as OPA reads it. */
  static Value read(String path, byte[] content) throws RefusedBundleException {
    try {
      if (!path.endsWith(".yaml") && !path.endsWith(".yml")) {
        return Values.parseStrictJson(content);
      }
      BuiltinContext context =
          new BuiltinContext(Instant.EPOCH, 0, steps -> {}, Evaluation.SILENT);
      return YamlReader.readFile(context, text(path, content));
    } catch (JsonFormatException | BuiltinError | NumberFormatException malformed) {
      throw RefusedBundleException.content(
          RefusedBundleException.quoted(path) + " cannot be read: " + RefusedBundleException.said(malformed));
    }
  }

  static String text(String path, byte[] content) throws RefusedBundleException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException notText) {
      throw RefusedBundleException.content(RefusedBundleException.quoted(path) + " is not UTF-8");
    }
  }

  /** The data of a file under its folder: {@code a/b/data.json} gives {@code {"a":{"b":...}}}. */
  static ObjectValue rooted(String path, Value document) throws RefusedBundleException {
    if (!(document instanceof ObjectValue object)) {
      throw RefusedBundleException.content(
          RefusedBundleException.quoted(path) + " is no object; data are named members");
    }
    ObjectValue rooted = object;
    String[] parts = path.split("/");
    for (int i = parts.length - 2; i >= 0; i--) {
      rooted = ObjectValue.of(parts[i], rooted);
    }
    return rooted;
  }

  /** Both, where no member is in both; OPA too refuses what would overwrite. */
  static ObjectValue merge(ObjectValue left, ObjectValue right, String path)
      throws RefusedBundleException {
    ObjectValue.Builder merged = left.toBuilder();
    for (int i = 0; i < right.size(); i++) {
      Value key = right.keyAt(i);
      Value there = left.get(key);
      Value value = right.valueAt(i);
      if (there instanceof ObjectValue a && value instanceof ObjectValue b) {
        value = merge(a, b, path);
      } else if (there != null) {
        throw RefusedBundleException.content(
            RefusedBundleException.quoted(path) + " gives "
                + RefusedBundleException.quoted(
                    key instanceof StringValue text ? text.text() : key.toString())
                + ", which another data file of the bundle gives too");
      }
      merged.put(key, value);
    }
    return merged.build();
  }
}
