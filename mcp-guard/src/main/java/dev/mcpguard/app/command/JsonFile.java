package dev.mcpguard.app.command;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JSON document named on the command line; {@code -} is standard input. */
final class JsonFile {
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 5_000_000, 4_096, 10_000);

  private JsonFile() {}

  static JsonValue read(Path file) throws IOException, ConfigException {
    boolean standard = file.toString().equals("-");
    byte[] bytes = standard ? System.in.readAllBytes() : bytes(file);
    try {
      return StrictJson.parse(bytes, LIMITS);
    } catch (MalformedJsonException malformed) {
      throw new ConfigException(
          List.of(
              new Finding(
                  file.toString(), malformed.line(), "", malformed.problem(),
                  "correct the JSON")));
    }
  }

  private static byte[] bytes(Path file) throws ConfigException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new ConfigException(
          List.of(
              new Finding(
                  file.toString(), 0, "", "cannot be read", "check that it exists and its permissions")));
    }
  }
}
