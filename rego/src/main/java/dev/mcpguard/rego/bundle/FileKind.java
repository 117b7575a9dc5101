package dev.mcpguard.rego.bundle;

import java.util.Locale;
import java.util.Set;

/** What a file of a bundle is, by its name, as OPA tells them. */
enum FileKind {
  MANIFEST,
  SIGNATURES,
  MODULE,
  DATA,
  /** Signed with the rest, read by nobody. */
  OTHER;

  static final String MANIFEST_NAME = ".manifest";
  static final String SIGNATURES_NAME = ".signatures.json";
  private static final Set<String> DATA_NAMES = Set.of("data.json", "data.yaml", "data.yml");
  private static final Set<String> UNSUPPORTED = Set.of("policy.wasm", "plan.json", "patch.json");

  /** The kind, or a refusal of what OPA would act on and this engine cannot. */
  static FileKind of(String path) throws RefusedBundleException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (path.equals(MANIFEST_NAME)) {
      return MANIFEST;
    }
    if (path.equals(SIGNATURES_NAME)) {
      return SIGNATURES;
    }
    // OPA takes any path that ends so for the real one.
    if (name.endsWith(MANIFEST_NAME) || name.endsWith(SIGNATURES_NAME)) {
      throw RefusedBundleException.content(
          RefusedBundleException.quoted(path) + " has a name that is for the root of a bundle");
    }
    if (UNSUPPORTED.contains(name)) {
      throw RefusedBundleException.content(
          RefusedBundleException.quoted(path)
              + " is not taken: this engine reads whole bundles of Rego sources");
    }
    if (path.endsWith(".rego")) {
      return MODULE;
    }
    if (path.toLowerCase(Locale.ROOT).endsWith(".rego")) {
      throw RefusedBundleException.content(
          RefusedBundleException.quoted(path) + " is not read as a policy; end its name in `.rego`");
    }
    return DATA_NAMES.contains(name) ? DATA : OTHER;
  }

  /** Whether OPA hashes the document rather than the bytes; {@code data.yml} it hashes as bytes. */
  static boolean structured(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.equals("data.json") || name.equals("data.yaml") || name.equals(MANIFEST_NAME);
  }
}
