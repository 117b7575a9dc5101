package dev.mcpguard.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Digest;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bytes of all manifests of a folder, read once, so that what is digested is what is loaded.
 *
 * @param bytes by file name
 */
record ManifestFiles(SortedMap<String, byte[]> bytes) {

  static ManifestFiles read(Path folder) throws ConfigException {
    List<Finding> findings = new ArrayList<>();
    SortedMap<String, byte[]> bytes = new TreeMap<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".yml")) {
        String advice = "rename it to end in `.yaml`";
        findings.add(new Finding(name, 0, "", "would not be loaded", advice));
      } else if (name.endsWith(".yaml") && !name.startsWith(".")) {
        try (InputStream stream = Files.newInputStream(file)) {
          bytes.put(name, stream.readNBytes(StrictYaml.LONGEST_FILE + 1));
        } catch (IOException unreadable) {
          findings.add(new Finding(name, 0, "", "cannot be read", "check its permissions"));
        }
      }
    }
    if (!findings.isEmpty()) {
      throw new ConfigException(findings);
    }
    return new ManifestFiles(bytes);
  }

  private static List<Path> files(Path folder) throws ConfigException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      String advice = "create the folder or set where manifests are";
      throw new ConfigException(
          List.of(new Finding(folder.toString(), 0, "", "cannot be listed", advice)));
    }
  }

  /** Changes whenever any byte or name does. */
  Digest digest() {
    JsonObject.Builder digests = JsonObject.builder();
    bytes.forEach((name, content) -> digests.put(name, Digest.of(content).text()));
    return Digest.of(digests.build());
  }
}
