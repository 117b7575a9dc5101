package dev.mcpguard.rego.bundle;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.List;

/**
 * The {@code .manifest} of a bundle.
 *
 * @param revision empty if the bundle names none
 * @param roots paths the bundle owns, such as {@code mcpguard/authz}; one empty path owns everything
 */
public record Manifest(String revision, List<String> roots) {
  public Manifest {
    roots = List.copyOf(roots);
  }

  Value document() {
    ArrayValue.Builder list = ArrayValue.builder(roots.size());
    roots.forEach(root -> list.add(StringValue.of(root)));
    return ObjectValue.builder()
        .put("revision", StringValue.of(revision))
        .put("rego_version", NumberValue.parse("1"))
        .put("roots", list.build())
        .build();
  }
}
