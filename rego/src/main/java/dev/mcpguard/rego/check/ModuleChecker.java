package dev.mcpguard.rego.check;

import dev.mcpguard.rego.builtins.Builtins;
import dev.mcpguard.rego.syntax.Module;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks a set of modules: names, rule conflicts, safety, calls, recursion, types. */
public final class ModuleChecker {
  private final Errors errors = new Errors();
  private final List<Module> modules;
  private final boolean strict;
  private final RuleTreeBuilder tree = new RuleTreeBuilder(errors);
  private final Map<Module, RuleChecker> checkers = new IdentityHashMap<>();

  private ModuleChecker(List<Module> modules, boolean strict) {
    this.modules = List.copyOf(modules);
    this.strict = strict;
  }

  public static CheckOutcome<CheckedModules> check(List<Module> modules, boolean strict) {
    return new ModuleChecker(modules, strict).run();
  }

  private CheckOutcome<CheckedModules> run() {
    RuleNode root = tree.build(modules);
    List<RuleGroup> groups = tree.groups();
    FunctionTable functions = new FunctionTable(root, Builtins.standard());
    resolve(groups, functions);
    CallCheck calls = new CallCheck(functions, root, errors);
    for (RuleGroup group : groups) {
      group.rules().forEach(calls::rule);
      calls.rule(group.fallback());
    }
    if (errors.any()) {
      return new CheckOutcome.Failed<>(errors.sorted());
    }
    List<RuleGroup> sorted = new Dependencies(root, functions, groups).sorted(errors);
    if (!errors.any()) {
      new TypeCheck(functions, root, errors).groups(sorted);
    }
    if (errors.any()) {
      return new CheckOutcome.Failed<>(errors.sorted());
    }
    return new CheckOutcome.Passed<>(
        new CheckedModules(modules, root, groups, sorted, functions));
  }

  private void resolve(List<RuleGroup> groups, FunctionTable functions) {
    Metadata metadata = new Metadata(modules);
    Map<Module, ModuleNames> names = new IdentityHashMap<>();
    Map<Module, BodyResolver> resolvers = new IdentityHashMap<>();
    StrictRules strictRules = new StrictRules(errors, strict);
    for (Module module : modules) {
      ModuleNames known = ModuleNames.of(module, modules);
      names.put(module, known);
      BodyResolver resolver = new BodyResolver(known, functions, errors, strictRules);
      resolvers.put(module, resolver);
      checkers.put(module, new RuleChecker(resolver, errors));
    }
    for (RuleGroup group : groups) {
      for (RuleGroup.Member member : new ArrayList<>(group.members())) {
        Objects.requireNonNull(resolvers.get(member.module())).terms().metadata(chain ->
            chain
                ? metadata.chain(member.module(), member.rule())
                : metadata.rule(member.module(), member.rule()));
        RuleChecker checker = Objects.requireNonNull(checkers.get(member.module()));
        CheckedRule checked = checker.check(member.rule(), member.suffix());
        if (member.rule().isDefault()) {
          group.fallback(checked);
        } else {
          group.add(checked);
        }
      }
    }
    names.forEach((module, known) -> strictRules.imports(module, known));
  }
}
