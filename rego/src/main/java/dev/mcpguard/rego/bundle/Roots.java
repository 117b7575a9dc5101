package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What a bundle owns: its policies and its data must lie within. Immutable. */
final class Roots {
  private final List<String> roots;

  private Roots(List<String> roots) {
    this.roots = List.copyOf(roots);
  }

  /** Refuses a root within another: who owns what would depend on the reader. */
  static Roots of(Manifest manifest) throws RefusedBundleException {
    List<String> roots = new ArrayList<>();
    for (String written : manifest.roots()) {
      String root = written.startsWith("/") ? written.substring(1) : written;
      root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
      for (String other : roots) {
        if (within(root, other) || within(other, root)) {
          throw RefusedBundleException.content(
              "the roots " + RefusedBundleException.quoted(other) + " and "
                  + RefusedBundleException.quoted(root) + " of `.manifest` overlap");
        }
      }
      roots.add(root);
    }
    return new Roots(roots);
  }

  /** Whether a path lies within one of the roots. */
  boolean own(String path) {
    return roots.stream().anyMatch(root -> within(path, root));
  }

  /** Refuses a module whose package lies elsewhere. */
  void checkPackage(String file, List<String> packagePath) throws RefusedBundleException {
    String path = String.join("/", packagePath);
    if (!own(path)) {
      throw outside(file, "the package", path);
    }
  }

  /** Refuses data that lies elsewhere; objects on the way to a root are no data. */
  void checkData(String file, Value value) throws RefusedBundleException {
    checkData(file, value, "");
  }

  private void checkData(String file, Value value, String path) throws RefusedBundleException {
    if (own(path)) {
      return;
    }
    if (!(value instanceof ObjectValue object)) {
      throw outside(file, "data", path);
    }
    for (int i = 0; i < object.size(); i++) {
      String name =
          object.keyAt(i) instanceof StringValue text ? text.text() : object.keyAt(i).toString();
      checkData(file, object.valueAt(i), path.isEmpty() ? name : path + "/" + name);
    }
  }

  private static boolean within(String path, String root) {
    return root.isEmpty() || path.equals(root) || path.startsWith(root + "/");
  }

  private static RefusedBundleException outside(String file, String what, String path) {
    return RefusedBundleException.content(
        RefusedBundleException.quoted(file) + ": " + what + " at "
            + RefusedBundleException.quoted(path) + " lies outside the roots of `.manifest`");
  }
}
