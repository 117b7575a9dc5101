package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Module;
import java.util.List;

/**
 * Modules that passed every check. {@code groups} is in the order of their ids; {@code sorted} has
 * each group after those it reads.
 */
public record CheckedModules(
    List<Module> modules,
    RuleNode root,
    List<RuleGroup> groups,
    List<RuleGroup> sorted,
    FunctionTable functions) {
  public CheckedModules {
    modules = List.copyOf(modules);
    groups = List.copyOf(groups);
    sorted = List.copyOf(sorted);
  }
}
