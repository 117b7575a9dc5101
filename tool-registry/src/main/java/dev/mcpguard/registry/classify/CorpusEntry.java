package dev.mcpguard.registry.classify;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.registry.RiskClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A labelled tool of a corpus.
 *
 * @param group the server or service, the unit of cross-validation
 * @param label the label's own spelling; {@code destructive} stands for a write that may be admin
 */
record CorpusEntry(String group, String label, ToolDescription tool) {
  private static final JsonLimits LIMITS =
      JsonLimits.message().withBytes(16 << 20).withMembers(1_000_000);

  static List<CorpusEntry> read(Path file) throws IOException, MalformedJsonException {
    JsonValue document =
        StrictJson.parse(Files.readAllBytes(file), LIMITS);
    if (!(document instanceof JsonArray array)) {
      throw new IOException("`" + file + "` holds no array");
    }
    List<CorpusEntry> entries = new ArrayList<>();
    for (JsonValue value : array.values()) {
      if (value instanceof JsonObject object) {
        entries.add(entry(object));
      }
    }
    return entries;
  }

  private static CorpusEntry entry(JsonObject object) {
    String service = object.string("service");
    String label = object.string("label");
    if (label == null) {
      throw new IllegalArgumentException("an entry has no label");
    }
    if (service != null) {
      String action = object.string("action");
      return new CorpusEntry(
          service,
          label,
          new ToolDescription(service, action == null ? "" : action, null, null, null));
    }
    ToolDescription tool = ToolDescription.of(object.string("server"), object);
    return new CorpusEntry(tool.server() == null ? "" : tool.server(), label, tool);
  }

  /** Whether the whole group was kept away while the rules were written. */
  boolean heldOut() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(group.getBytes(StandardCharsets.UTF_8));
      return Byte.toUnsignedInt(hash[0]) % 3 == 0;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The least class the label allows. */
  RiskClass least() {
    return switch (label) {
      case "read" -> RiskClass.READ;
      case "admin" -> RiskClass.ADMIN;
      default -> RiskClass.WRITE;
    };
  }
}
