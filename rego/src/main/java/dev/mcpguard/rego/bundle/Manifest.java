package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code .manifest} of a bundle.
 *
 * @param revision empty if the bundle names none
 * @param roots paths the bundle owns, such as {@code mcpguard/authz}; one empty path owns everything
 */
public record Manifest(String revision, List<String> roots) {
  /** What a bundle without a manifest means. */
  public static final Manifest NONE = new Manifest("", List.of(""));

  public Manifest {
    roots = List.copyOf(roots);
  }

  static Manifest of(Value document) throws BundleException {
    if (!(document instanceof ObjectValue object)) {
      throw new BundleException("`.manifest` is no object");
    }
    Value revision = object.get("revision");
    if (revision != null && !(revision instanceof StringValue)) {
      throw new BundleException("`.manifest`: revision is no text");
    }
    if (object.get("wasm") instanceof ArrayValue wasm && wasm.size() > 0) {
      throw new BundleException("`.manifest`: wasm policies are not supported; bundle the source");
    }
    return new Manifest(revision instanceof StringValue text ? text.text() : "", roots(object));
  }

  private static List<String> roots(ObjectValue object) throws BundleException {
    Value given = object.get("roots");
    if (given == null) {
      return List.of("");
    }
    List<String> roots = new ArrayList<>();
    if (given instanceof ArrayValue array) {
      for (Value root : array) {
        roots.add(root instanceof StringValue text ? trimmed(text.text()) : "\0");
      }
    }
    if (!(given instanceof ArrayValue) || roots.contains("\0")) {
      throw new BundleException("`.manifest`: roots must be a list of paths");
    }
    for (String root : roots) {
      if (roots.stream().filter(other -> covers(other, root)).count() != 1) {
        throw new BundleException("`.manifest`: root `" + root + "` overlaps another root");
      }
    }
    return roots;
  }

  private static String trimmed(String root) {
    return root.replaceAll("^/+|/+$", "");
  }

  /** Whether a path below {@code data}, written with {@code /}, belongs to the bundle. */
  public boolean owns(String path) {
    return roots.stream().anyMatch(root -> covers(root, path));
  }

  private static boolean covers(String root, String path) {
    return root.isEmpty() || path.equals(root) || path.startsWith(root + "/");
  }

  Value document() {
    ArrayValue.Builder list = ArrayValue.builder(roots.size());
    roots.forEach(root -> list.add(StringValue.of(root)));
    return ObjectValue.builder()
        .put("revision", StringValue.of(revision))
        .put("rego_version", dev.mcpguard.rego.value.NumberValue.parse("1"))
        .put("roots", list.build())
        .build();
  }
}
