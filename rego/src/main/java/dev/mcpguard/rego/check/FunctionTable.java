package dev.mcpguard.rego.check;

import dev.mcpguard.rego.builtins.Builtin;
import dev.mcpguard.rego.builtins.Builtins;
import dev.mcpguard.rego.types.FunctionType;
import dev.mcpguard.rego.value.StringValue;
import org.jspecify.annotations.Nullable;

/** Finds functions by their resolved names: rules under {@code data.} and builtins. */
public final class FunctionTable {
  private final RuleNode root;
  private final Builtins builtins;

  public FunctionTable(RuleNode root, Builtins builtins) {
    this.root = root;
    this.builtins = builtins;
  }

  public @Nullable RuleGroup rule(String name) {
    if (!name.startsWith("data.")) {
      return null;
    }
    RuleNode node = root;
    for (String part : name.substring("data.".length()).split("\\.", -1)) {
      node = node == null ? null : node.child(StringValue.of(part));
    }
    RuleGroup group = node == null ? null : node.group();
    return group != null && group.kind() == RuleKind.FUNCTION ? group : null;
  }

  public @Nullable Builtin builtin(String name) {
    return builtins.find(name);
  }

  public @Nullable String refusal(String name) {
    return Builtins.refused().get(name);
  }

  /** Number of arguments, or -1 when there is no such function. */
  public int arity(String name) {
    RuleGroup group = rule(name);
    if (group != null) {
      return group.arity();
    }
    Builtin builtin = builtin(name);
    return builtin == null ? -1 : builtin.type().arity();
  }

  public boolean variadic(String name) {
    FunctionType type = builtinType(name);
    return type != null && type.variadic() != null;
  }

  boolean exists(String name) {
    return arity(name) >= 0;
  }

  private @Nullable FunctionType builtinType(String name) {
    Builtin builtin = builtin(name);
    return builtin == null ? null : builtin.type();
  }
}
