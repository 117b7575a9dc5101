package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of a bundle. Immutable.
 *
 * @param modules source texts by path
 * @param documents texts of the data files by path, as they are in the archive
 * @param data all data files put together
 * @param signed what its signature says; null if it was not verified
 */
public record Bundle(
    Manifest manifest,
    SortedMap<String, String> modules,
    SortedMap<String, String> documents,
    ObjectValue data,
    @Nullable Signed signed) {
  static final String DATA = "data.json";

  public Bundle {
    modules = Collections.unmodifiableSortedMap(new TreeMap<>(modules));
    documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
  }

  /**
   * Of sources and one base document, to be written.
   *
   * @throws IllegalArgumentException if the data is no object
   */
  public static Bundle of(Manifest manifest, SortedMap<String, String> modules, Value data) {
    if (!(data instanceof ObjectValue object)) {
      throw new IllegalArgumentException("the data of a bundle is an object");
    }
    SortedMap<String, String> documents = new TreeMap<>();
    documents.put(DATA, Values.toJson(object));
    return new Bundle(manifest, modules, documents, object, null);
  }

  /** The archive, unsigned; the same content gives the same bytes. */
  public byte[] archive() {
    return TarWriter.write(files());
  }

  /** The archive, signed. */
  public byte[] archive(BundleSigner signer) throws RefusedBundleException {
    SortedMap<String, byte[]> files = files();
    files.put(FileKind.SIGNATURES_NAME, signer.sign(files()));
    return TarWriter.write(files);
  }

  private SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    put(files, modules);
    put(files, documents);
    put(files, Map.of(FileKind.MANIFEST_NAME, manifest.text()));
    return files;
  }

  private static void put(SortedMap<String, byte[]> files, Map<String, String> texts) {
    texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
  }
}
