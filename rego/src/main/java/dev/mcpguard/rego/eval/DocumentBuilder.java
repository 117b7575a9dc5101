package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what the rules of a group put at paths below it. */
final class DocumentBuilder {
  private @Nullable Value leaf;
  private SetValue.@Nullable Builder members;
  private @Nullable Map<Value, DocumentBuilder> children;

  void put(Value[] path, Value value, boolean member, Location location) {
    DocumentBuilder at = this;
    for (Value key : path) {
      if (at.leaf != null || at.members != null) {
        throw EvaluationFailure.keyConflict(location);
      }
      if (at.children == null) {
        at.children = new LinkedHashMap<>();
      }
      at = at.children.computeIfAbsent(key, ignored -> new DocumentBuilder());
    }
    if (at.children != null || (member ? at.leaf != null : at.members != null)) {
      throw EvaluationFailure.keyConflict(location);
    }
    if (member) {
      if (at.members == null) {
        at.members = SetValue.builder(8);
      }
      at.members.add(value);
    } else if (at.leaf == null) {
      at.leaf = value;
    } else if (!at.leaf.equals(value)) {
      throw EvaluationFailure.keyConflict(location);
    }
  }

  /** The document, or null when nothing was put. */
  @Nullable Value build() {
    if (leaf != null) {
      return leaf;
    }
    if (members != null) {
      return members.build();
    }
    if (children == null) {
      return null;
    }
    ObjectValue.Builder object = ObjectValue.builder(children.size());
    children.forEach((key, child) -> {
      Value value = child.build();
      if (value != null) {
        object.put(key, value);
      }
    });
    return object.build();
  }
}
