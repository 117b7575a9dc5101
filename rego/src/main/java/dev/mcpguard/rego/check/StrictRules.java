package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Import;
import dev.mcpguard.rego.syntax.Module;
import dev.mcpguard.rego.syntax.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is an error only under strict checks: unused and shadowing names. */
final class StrictRules {
  private final Errors errors;
  private final boolean strict;

  StrictRules(Errors errors, boolean strict) {
    this.errors = errors;
    this.strict = strict;
  }

  /** Names that a body declared and nobody read; asked once its heads are resolved too. */
  void unused(Scope scope) {
    scope.all().forEach((name, declared) -> {
      boolean wrong =
          switch (declared.how) {
            case DECLARED -> true;
            case ASSIGNED -> strict;
            case MATCHED, ARGUMENT -> false;
          };
      if (wrong && !declared.used) {
        errors.compile(declared.location, declared.how.shown + " var " + name + " unused");
      }
    });
  }

  /** Arguments that no branch of a rule read. */
  void unusedArguments(List<Scope> branches) {
    if (!strict) {
      return;
    }
    branches.getFirst().all().forEach((name, declared) -> {
      boolean used = branches.stream().map(branch -> branch.here(name)).anyMatch(each -> each != null && each.used);
      if (declared.how == Scope.How.ARGUMENT && !used) {
        errors.compile(
            declared.location, "unused argument " + name + ". (hint: use _ (wildcard variable) instead)");
      }
    });
  }

  void shadowed(Term.Variable variable) {
    if (strict && (variable.name().equals("input") || variable.name().equals("data"))) {
      errors.compile(
          variable.location(), "variables must not shadow " + variable.name()
              + " (use a different variable name)");
    }
  }

  void imports(Module module, ModuleNames names) {
    Set<String> aliases = new HashSet<>();
    for (Import each : module.imports()) {
      boolean document = each.path().getFirst().equals("data")
          || each.path().getFirst().equals("input");
      if (document && !aliases.add(each.alias())) {
        errors.compile(each.location(), "import must not shadow import " + each.dotted());
      }
    }
    if (strict) {
      names.unusedImports()
          .forEach(each -> errors.compile(each.location(), "import " + each.dotted() + " unused"));
    }
  }
}
