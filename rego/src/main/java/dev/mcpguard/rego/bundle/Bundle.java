package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a bundle. Immutable.
 *
 * @param modules source texts by path
 * @param data the base document
 */
public record Bundle(Manifest manifest, SortedMap<String, String> modules, Value data) {
  static final String MANIFEST = ".manifest";
  static final String DATA = "data.json";

  public Bundle {
    modules = Collections.unmodifiableSortedMap(new TreeMap<>(modules));
  }

  /** The files of the bundle, without signatures. Data is one {@code data.json}. */
  public SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, String> module : modules.entrySet()) {
      files.put(module.getKey(), module.getValue().getBytes(StandardCharsets.UTF_8));
    }
    files.put(DATA, Values.toJson(data).getBytes(StandardCharsets.UTF_8));
    files.put(MANIFEST, Values.toJson(manifest.document()).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** The archive, unsigned; the same content gives the same bytes. */
  public byte[] archive() {
    return TarWriter.write(files());
  }
}
