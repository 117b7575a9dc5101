package dev.mcpguard.rego;

import dev.mcpguard.rego.check.CheckOutcome;
import dev.mcpguard.rego.check.CheckedModules;
import dev.mcpguard.rego.check.QueryChecker;
import dev.mcpguard.rego.check.QueryChecker.CheckedQuery;
import dev.mcpguard.rego.compile.Program;
import dev.mcpguard.rego.eval.Context;
import dev.mcpguard.rego.eval.Execution;
import dev.mcpguard.rego.eval.QueryProgram;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.ModuleParser;
import dev.mcpguard.rego.syntax.Parsed;
import dev.mcpguard.rego.syntax.RegoError;
import dev.mcpguard.rego.syntax.SourceFile;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiled modules with their data. Immutable and shared by any number of threads without locks; to
 * replace policy or data, build another one and swap the reference.
 */
public final class CompiledPolicy {
  private final CheckedModules modules;
  private final Programs programs;
  private final Value data;

  /** The program and, made when first asked for, its traced twin. */
  private static final class Programs {
    private final CheckedModules modules;
    private final Program plain;
    private volatile @Nullable Program traced;

    Programs(CheckedModules modules) {
      this.modules = modules;
      this.plain = Program.compile(modules, false);
    }

    Program traced() {
      Program known = traced;
      if (known == null) {
        known = Program.compile(modules, true);
        traced = known;
      }
      return known;
    }
  }

  private CompiledPolicy(CheckedModules modules, Programs programs, Value data) {
    this.modules = modules;
    this.programs = programs;
    this.data = data;
  }

  static CompiledPolicy of(CheckedModules modules, Value data) {
    return new CompiledPolicy(modules, new Programs(modules), data);
  }

  /** The same rules over other data; shares everything compiled. */
  public CompiledPolicy withData(Value other) {
    return new CompiledPolicy(modules, programs, other);
  }

  public Value data() {
    return data;
  }

  /** The checked modules, for tools such as coverage. */
  public CheckedModules modules() {
    return modules;
  }

  /**
   * Prepares a document such as {@code data.authz.decision}. A path on which no rule lies is
   * allowed: it may be base data.
   *
   * @throws IllegalArgumentException if the text is no reference under {@code data}
   */
  public EntryPoint entryPoint(String reference) {
    Term term = documentTerm(reference);
    QueryProgram plain = programs.plain.document(term);
    return new EntryPoint(this, plain, () -> programs.traced().document(term));
  }

  private static Term documentTerm(String reference) {
    Parsed<Body> parsed = ModuleParser.query(new SourceFile("entry point", reference));
    if (parsed instanceof Parsed.Tree<Body>(Body body)
        && body.literals().size() == 1
        && body.literals().getFirst().statement() instanceof Statement.Expression(Term term)
        && isDocument(term)) {
      return term;
    }
    throw new IllegalArgumentException("`" + reference + "` is no path under `data`");
  }

  private static boolean isDocument(Term term) {
    return term instanceof Term.Reference(Term.Variable head, List<Term> path, Location _)
        && head.name().equals("data")
        && path.stream().allMatch(Term.Constant.class::isInstance);
  }

  /** Prepares and runs a query: Rows, Refused or Failed. */
  public Outcome query(String text, Evaluation evaluation) {
    return switch (ModuleParser.query(new SourceFile("query", text))) {
      case Parsed.Refused<Body>(RegoError error) -> new Outcome.Refused(List.of(error));
      case Parsed.Tree<Body>(Body body) ->
          switch (QueryChecker.check(body, modules)) {
            case CheckOutcome.Failed<CheckedQuery>(var errors) -> new Outcome.Refused(errors);
            case CheckOutcome.Passed<CheckedQuery>(var checked) -> rows(checked, evaluation);
          };
    };
  }

  private Outcome rows(CheckedQuery query, Evaluation evaluation) {
    Program program = evaluation.tracer() == null ? programs.plain : programs.traced();
    QueryProgram compiled = program.query(query);
    return Guarded.run(context(evaluation), context -> new Outcome.Rows(compiled.rows(context)));
  }

  Context context(Evaluation evaluation) {
    Execution execution =
        new Execution(
            evaluation.limits(),
            evaluation.now(),
            evaluation.seed(),
            evaluation.strictBuiltins(),
            evaluation.notes(),
            evaluation.tracer());
    Program program = evaluation.tracer() == null ? programs.plain : programs.traced();
    return program.context(execution, evaluation.input(), data);
  }
}
