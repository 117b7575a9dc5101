package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.syntax.Module;
import dev.mcpguard.rego.syntax.ModuleParser;
import dev.mcpguard.rego.syntax.Parsed;
import dev.mcpguard.rego.syntax.SourceFile;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads OPA bundles: gzipped tar archives of Rego sources, data and a manifest. Refuses everything that
 * two readers could see differently, and what the signature rule refuses. Immutable, thread-safe; time
 * and memory are bounded by the limits.
 */
public final class BundleReader {
  private final BundleLimits limits;
  private final SignatureRule rule;

  public BundleReader(BundleLimits limits, SignatureRule rule) {
    this.limits = limits;
    this.rule = rule;
  }

  /**
   * The bundle in an archive. Its sources are not compiled here.
   *
   * @param now against which the age of a signature is judged
   */
  public Bundle read(byte[] archive, Instant now) throws RefusedBundleException {
    SortedMap<String, byte[]> files = TarReader.read(archive, limits);
    Signed signed = signature(files, now);
    Manifest manifest = manifest(files.get(FileKind.MANIFEST_NAME));
    Roots roots = Roots.of(manifest);
    SortedMap<String, String> modules = new TreeMap<>();
    SortedMap<String, String> documents = new TreeMap<>();
    ObjectValue data = ObjectValue.EMPTY;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String path = file.getKey();
      switch (FileKind.of(path)) {
        case MODULE -> modules.put(path, module(path, file.getValue(), roots));
        case DATA -> {
          Value document = DataFiles.read(path, file.getValue());
          ObjectValue rooted = DataFiles.rooted(path, document);
          roots.checkData(path, rooted);
          data = DataFiles.merge(data, rooted, path);
          documents.put(path, DataFiles.text(path, file.getValue()));
        }
        case MANIFEST, SIGNATURES, OTHER -> {}
      }
    }
    return new Bundle(manifest, modules, documents, data, signed);
  }

  private @Nullable Signed signature(SortedMap<String, byte[]> files, Instant now)
      throws RefusedBundleException {
    return switch (rule) {
      case SignatureRule.Demanded demanded -> new SignatureCheck(demanded, now).verify(files);
      case SignatureRule.Ignored ignored -> null;
      case SignatureRule.Unsigned unsigned -> {
        if (files.containsKey(FileKind.SIGNATURES_NAME)) {
          throw RefusedBundleException.signature(
              "the bundle is signed, but no key is configured to verify it with");
        }
        yield null;
      }
    };
  }

  private static Manifest manifest(byte @Nullable [] content) throws RefusedBundleException {
    return content == null
        ? Manifest.none()
        : Manifest.of(DataFiles.read(FileKind.MANIFEST_NAME, content));
  }

  /** A module that cannot be parsed is left to the compiler, which shows the place. */
  private static String module(String path, byte[] content, Roots roots)
      throws RefusedBundleException {
    String text = DataFiles.text(path, content);
    if (ModuleParser.module(new SourceFile(path, text)) instanceof Parsed.Tree<Module>(Module module)) {
      roots.checkPackage(path, module.packagePath());
    }
    return text;
  }
}
