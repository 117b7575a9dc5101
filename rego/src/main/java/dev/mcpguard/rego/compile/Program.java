package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.CheckedModules;
import dev.mcpguard.rego.check.QueryChecker.CheckedQuery;
import dev.mcpguard.rego.eval.Context;
import dev.mcpguard.rego.eval.Execution;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.QueryProgram;
import dev.mcpguard.rego.eval.Step;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiled modules. Immutable, shared by any number of threads. */
public final class Program {
  private final Linker linker;

  private Program(Linker linker) {
    this.linker = linker;
  }

  /** Compiles modules; a traced program tells its tracer of each rule and literal. */
  public static Program compile(CheckedModules modules, boolean traced) {
    Linker linker = new Linker(modules, traced);
    GroupCompiler groups = new GroupCompiler(linker);
    modules.groups().forEach(groups::link);
    return new Program(linker);
  }

  /** The documents of a new evaluation. */
  public Context context(Execution execution, @Nullable Value input, Value data) {
    return new Context(execution, linker.root(), linker.size(), input, data);
  }

  /** Compiles a query; its rows have the values of the author's variables. */
  public QueryProgram query(CheckedQuery query) {
    Slots slots = new Slots();
    slots.sink();
    BodyCompiler bodies = new BodyCompiler(linker, slots);
    Scope scope = new Scope(new Sequence(), new HashSet<>());
    bodies.compile(query.body(), scope);
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    query.variables().forEach((name, shown) -> {
      if (scope.bound().contains(name)) {
        names.add(shown);
        places.add(slots.of(name));
      }
    });
    Step last = new QueryProgram.Row(places.stream().mapToInt(Integer::intValue).toArray());
    return new QueryProgram(scope.steps().link(last), slots.size(), names);
  }

  /** Compiles a resolved reference without variables. */
  public QueryProgram document(Term reference) {
    Slots slots = new Slots();
    slots.sink();
    Scope scope = new Scope(new Sequence(), new HashSet<>());
    Operand operand = new BodyCompiler(linker, slots).terms().compile(reference, scope);
    Step last = new QueryProgram.Answer(operand);
    return new QueryProgram(scope.steps().link(last), slots.size(), List.of());
  }
}
