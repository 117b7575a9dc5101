package dev.mcpguard.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.Fields;
import dev.mcpguard.json.Finding;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.json.YamlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads a folder of manifests, all or nothing: {@code <server>.yaml} each. Throws with every
 * finding of every file. Stateless and thread-safe.
 */
public final class RegistryLoader {
  private RegistryLoader() {}

  public static RegistrySnapshot load(Path folder) throws ConfigException {
    return load(folder, new ManifestCache());
  }

  /** As above; files whose bytes are in the cache are not parsed again. */
  public static RegistrySnapshot load(Path folder, ManifestCache cache) throws ConfigException {
    return load(ManifestFiles.read(folder), cache);
  }

  /** The snapshot the folder would give with this one file so written; nothing is written. */
  public static RegistrySnapshot loadWith(Path folder, String file, byte[] content)
      throws ConfigException {
    TreeMap<String, byte[]> bytes = new TreeMap<>(ManifestFiles.read(folder).bytes());
    bytes.put(file, content.clone());
    return load(new ManifestFiles(bytes), new ManifestCache());
  }

  static RegistrySnapshot load(ManifestFiles files) throws ConfigException {
    return load(files, new ManifestCache());
  }

  private static RegistrySnapshot load(ManifestFiles files, ManifestCache cache)
      throws ConfigException {
    List<Finding> findings = new ArrayList<>();
    List<ServerManifest> manifests = new ArrayList<>();
    Map<String, String> alike = new HashMap<>();
    // no file may be, or look like, the guard's own server (threat E3)
    alike.put(skeleton(OwnTransport.SERVER), OwnTransport.SERVER);
    cache.retain(files.bytes().keySet());
    for (Map.Entry<String, byte[]> file : files.bytes().entrySet()) {
      ServerManifest known = cache.find(file.getKey(), file.getValue());
      // two that look alike are read again, for the line of the finding
      if (known != null && isNew(known, alike)) {
        manifests.add(known);
        continue;
      }
      try {
        YamlDocument document = StrictYaml.parse(file.getValue(), file.getKey());
        ServerManifest manifest = read(document, alike, findings);
        if (manifest != null) {
          manifests.add(manifest);
          cache.keep(file.getKey(), file.getValue(), manifest);
        }
      } catch (ConfigException notYaml) {
        findings.addAll(notYaml.findings());
      }
    }
    return snapshot(manifests, findings);
  }

  private static boolean isNew(ServerManifest manifest, Map<String, String> alike) {
    String server = manifest.server().text();
    return alike.putIfAbsent(skeleton(server), server) == null;
  }

  /** The snapshot that gave this {@link RegistrySnapshot#evidence}, for replay. */
  public static RegistrySnapshot ofEvidence(JsonObject evidence) throws ConfigException {
    List<Finding> findings = new ArrayList<>();
    List<ServerManifest> manifests = new ArrayList<>();
    for (Map.Entry<String, JsonValue> entry : evidence.members().entrySet()) {
      String name = entry.getKey() + ".yaml";
      YamlDocument document = new YamlDocument(name, entry.getValue(), Map.of());
      ServerManifest manifest = read(document, new HashMap<>(), findings);
      if (manifest != null) {
        manifests.add(manifest);
      }
    }
    return snapshot(manifests, findings);
  }

  private static RegistrySnapshot snapshot(List<ServerManifest> manifests, List<Finding> findings)
      throws ConfigException {
    if (!findings.isEmpty()) {
      throw new ConfigException(findings);
    }
    return RegistrySnapshot.of(manifests);
  }

  private static @Nullable ServerManifest read(
      YamlDocument document, Map<String, String> alike, List<Finding> findings) {
    Fields fields = Fields.of(document);
    ServerManifest manifest = ManifestReader.read(document, fields);
    if (manifest != null) {
      String server = manifest.server().text();
      if (!document.file().equals(server + ".yaml")) {
        String advice = "name the file `" + server + ".yaml`";
        fields.problem("server", "`" + server + "` is not the name of the file", advice);
      }
      String other = alike.putIfAbsent(skeleton(server), server);
      if (other != null) {
        String advice = "give one of them a name of its own";
        fields.problem("server", "looks like the server `" + other + "`", advice);
      }
    }
    List<Finding> found = fields.findings();
    findings.addAll(found);
    return found.isEmpty() ? manifest : null;
  }

  /** What is left of a server id for a reader in a hurry: {@code g1t-hub} is {@code github}. */
  private static String skeleton(String server) {
    return server
        .replace("-", "")
        .replace('0', 'o')
        .replace('1', 'l')
        .replace('i', 'l')
        .replace("rn", "m")
        .replace("vv", "w");
  }
}
