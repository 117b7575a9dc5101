package dev.mcpguard.samples.quickstart;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.RegistrySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The committed manifests, filled in as `run` does it. */
final class QuickstartManifests {
  static final Path COMMITTED = Path.of("quickstart", "tool-registry", "servers");

  private QuickstartManifests() {}

  static RegistrySnapshot load(Path work) throws IOException, ConfigException {
    for (String name : List.of("notes.yaml", "tickets.yaml")) {
      String text =
          Files.readString(COMMITTED.resolve(name))
              .replace("@java@", "/usr/bin/java")
              .replace("@samples@", "/samples")
              .replace("@work@", "/work");
      Files.writeString(work.resolve(name), text);
    }
    return RegistryLoader.load(work);
  }

  /** Writes the digests into a committed manifest, where each follows the name of its tool. */
  static void pin(String server, Map<String, String> digests) throws IOException {
    Path file = COMMITTED.resolve(server + ".yaml");
    String text = Files.readString(file);
    for (Map.Entry<String, String> tool : digests.entrySet()) {
      String entry = "(?s)(\n  " + tool.getKey() + ":\n(?:    [^\n]*\n)*?    digest: )[^\n]*";
      Matcher digest = Pattern.compile(entry).matcher(text);
      if (!digest.find()) {
        throw new IOException("`" + file + "` has no digest for `" + tool.getKey() + "`");
      }
      text = digest.replaceFirst("$1" + tool.getValue());
    }
    Files.writeString(file, text);
  }
}
