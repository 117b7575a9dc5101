package dev.mcpguard.rego;

import dev.mcpguard.rego.check.CheckOutcome;
import dev.mcpguard.rego.check.CheckedModules;
import dev.mcpguard.rego.check.ModuleChecker;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.Module;
import dev.mcpguard.rego.syntax.ModuleParser;
import dev.mcpguard.rego.syntax.Parsed;
import dev.mcpguard.rego.syntax.RegoError;
import dev.mcpguard.rego.syntax.SourceFile;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects modules and data and compiles them. Not thread-safe; what it gives is.
 *
 * <pre>{@code
 * CompileResult result = Rego.create().module("authz.rego", text).data(data).compile();
 * }</pre>
 */
public final class Rego {
  private final List<SourceFile> sources = new ArrayList<>();
  private Value data = ObjectValue.EMPTY;
  private boolean strict;

  private Rego() {}

  public static Rego create() {
    return new Rego();
  }

  /** Adds a module; the name stands in messages. */
  public Rego module(String name, String text) {
    sources.add(new SourceFile(name, text));
    return this;
  }

  /** The base document under {@code data}. */
  public Rego data(Value document) {
    data = document;
    return this;
  }

  /** Whether unused and shadowing names are errors, as with {@code opa check --strict}. */
  public Rego strict(boolean enabled) {
    strict = enabled;
    return this;
  }

  /** Compiles what was added: a policy, or every error that was found. */
  public CompileResult compile() {
    List<Module> modules = new ArrayList<>();
    List<RegoError> errors = new ArrayList<>();
    for (SourceFile source : sources) {
      switch (ModuleParser.module(source)) {
        case Parsed.Tree<Module>(Module module) -> modules.add(module);
        case Parsed.Refused<Module>(RegoError error) -> errors.add(error);
      }
    }
    if (!errors.isEmpty()) {
      return new CompileResult.Refused(errors);
    }
    try {
      return switch (ModuleChecker.check(modules, strict)) {
        case CheckOutcome.Failed<CheckedModules>(var found) -> new CompileResult.Refused(found);
        case CheckOutcome.Passed<CheckedModules>(var checked) ->
            new CompileResult.Compiled(CompiledPolicy.of(checked, data));
      };
    } catch (StackOverflowError tooDeep) {
      Location at = new Location(sources.getFirst(), 0, 1, 1);
      return new CompileResult.Refused(
          List.of(new RegoError(RegoError.COMPILE, "rules are nested too deeply", at)));
    }
  }
}
