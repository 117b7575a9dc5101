package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Import;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Module;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.StringValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that mean documents or functions in one module: its imports and its package's rules. */
final class ModuleNames {
  private final Map<String, List<String>> paths = new HashMap<>();
  private final Map<String, Import> imports = new HashMap<>();
  private final Set<String> usedImports = new HashSet<>();

  ModuleNames(List<String> packagePath, Set<String> ruleNames, List<Import> imported) {
    for (String rule : ruleNames) {
      List<String> path = new ArrayList<>(List.of("data"));
      path.addAll(packagePath);
      path.add(rule);
      paths.put(rule, path);
    }
    for (Import each : imported) {
      String root = each.path().getFirst();
      if (root.equals("data") || root.equals("input")) {
        paths.put(each.alias(), each.path());
        imports.put(each.alias(), each);
      }
    }
  }

  static ModuleNames of(Module module, List<Module> all) {
    Set<String> rules = new HashSet<>();
    for (Module other : all) {
      if (other.packagePath().equals(module.packagePath())) {
        other.rules().forEach(rule -> rules.add(firstName(rule.path().getFirst())));
      }
    }
    return new ModuleNames(module.packagePath(), rules, module.imports());
  }

  static String firstName(Term head) {
    return head instanceof Term.Constant c && c.value() instanceof StringValue s ? s.text() : "";
  }

  /** The document path a name stands for, or null. */
  @Nullable List<String> path(String name) {
    if (name.equals("data") || name.equals("input")) {
      return List.of(name);
    }
    List<String> path = paths.get(name);
    if (path != null && imports.containsKey(name)) {
      usedImports.add(name);
    }
    return path;
  }

  List<Import> unusedImports() {
    return imports.entrySet().stream()
        .filter(entry -> !usedImports.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** A document path as a term. */
  static Term reference(List<String> path, List<Term> more, Location at) {
    Term.Variable root = new Term.Variable(path.getFirst(), at);
    List<Term> all = new ArrayList<>();
    for (String part : path.subList(1, path.size())) {
      all.add(new Term.Constant(StringValue.of(part), at));
    }
    all.addAll(more);
    return all.isEmpty() ? root : new Term.Reference(root, all, at);
  }
}
