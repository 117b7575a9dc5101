package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code .manifest} of a bundle.
 *
 * @param revision empty if the bundle names none
 * @param roots paths the bundle owns, such as {@code mcpguard/authz}; one empty path owns everything
 * @param metadata what its author noted; empty if nothing
 */
public record Manifest(String revision, List<String> roots, ObjectValue metadata) {
  private static final List<String> EVERYTHING = List.of("");

  public Manifest {
    roots = List.copyOf(roots);
  }

  /** Without metadata. */
  public Manifest(String revision, List<String> roots) {
    this(revision, roots, ObjectValue.EMPTY);
  }

  /** Of a bundle that has no manifest: no revision, and it owns everything. */
  static Manifest none() {
    return new Manifest("", EVERYTHING);
  }

  /** Reads the document. A field this engine does not know may change what others mean. */
  static Manifest of(Value document) throws RefusedBundleException {
    if (!(document instanceof ObjectValue fields)) {
      throw RefusedBundleException.content("`.manifest` is no object");
    }
    String revision = "";
    List<String> roots = EVERYTHING;
    ObjectValue metadata = ObjectValue.EMPTY;
    for (int i = 0; i < fields.size(); i++) {
      Value value = fields.valueAt(i);
      switch (fields.keyAt(i) instanceof StringValue name ? name.text() : "") {
        case "revision" -> revision = text("revision", value);
        case "roots" -> roots = roots(value);
        case "metadata" -> metadata = object("metadata", value);
        case "rego_version" -> version(value);
        case "file_rego_versions" -> versions(object("file_rego_versions", value));
        case "wasm" -> noResolvers(value);
        default ->
            throw RefusedBundleException.content(
                "`.manifest` has the unknown field "
                    + RefusedBundleException.quoted(fields.keyAt(i).toString()));
      }
    }
    return new Manifest(revision, roots, metadata);
  }

  private static String text(String field, Value value) throws RefusedBundleException {
    if (value instanceof StringValue text) {
      return text.text();
    }
    throw RefusedBundleException.content("`" + field + "` of `.manifest` is no string");
  }

  private static ObjectValue object(String field, Value value) throws RefusedBundleException {
    if (value instanceof ObjectValue object) {
      return object;
    }
    throw RefusedBundleException.content("`" + field + "` of `.manifest` is no object");
  }

  private static List<String> roots(Value value) throws RefusedBundleException {
    if (!(value instanceof ArrayValue array) || array.isEmpty()) {
      throw RefusedBundleException.content(
          "`roots` of `.manifest` is no list of paths; leave it out to own everything");
    }
    List<String> roots = new ArrayList<>();
    for (Value root : array) {
      roots.add(text("roots", root));
    }
    return roots;
  }

  private static void version(Value value) throws RefusedBundleException {
    if (!value.equals(NumberValue.of(1))) {
      throw RefusedBundleException.content(
          "the bundle is written in Rego version " + RefusedBundleException.quoted(value.toString())
              + "; this engine reads version 1");
    }
  }

  private static void versions(ObjectValue byFile) throws RefusedBundleException {
    for (int i = 0; i < byFile.size(); i++) {
      version(byFile.valueAt(i));
    }
  }

  private static void noResolvers(Value value) throws RefusedBundleException {
    if (!(value instanceof ArrayValue array) || !array.isEmpty()) {
      throw RefusedBundleException.content(
          "the bundle decides by compiled WebAssembly; build it with the target `rego`");
    }
  }

  /** The document as JSON text, the same for the same manifest. */
  public String text() {
    return Values.toJson(document());
  }

  Value document() {
    ArrayValue.Builder list = ArrayValue.builder(roots.size());
    roots.forEach(root -> list.add(StringValue.of(root)));
    ObjectValue.Builder fields =
        ObjectValue.builder()
            .put("revision", StringValue.of(revision))
            .put("rego_version", NumberValue.parse("1"))
            .put("roots", list.build());
    return metadata.isEmpty() ? fields.build() : fields.put("metadata", metadata).build();
  }
}
