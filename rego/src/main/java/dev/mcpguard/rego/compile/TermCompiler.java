package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.builtins.Builtin;
import dev.mcpguard.rego.check.Bindings;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.check.Variables;
import dev.mcpguard.rego.eval.Calls;
import dev.mcpguard.rego.eval.Collections;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Pattern;
import dev.mcpguard.rego.eval.Step;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Terms to operands. What a term enumerates becomes steps in front of it. */
final class TermCompiler {
  private static final Map<String, Calls.Comparison> COMPARISONS =
      Map.of(
          "equal", Calls.Comparison.EQUAL,
          "neq", Calls.Comparison.NOT_EQUAL,
          "lt", Calls.Comparison.LESS,
          "lte", Calls.Comparison.LESS_OR_EQUAL,
          "gt", Calls.Comparison.GREATER,
          "gte", Calls.Comparison.GREATER_OR_EQUAL);

  private final Linker linker;
  private final Slots slots;
  private final BodyCompiler bodies;
  private final ReferenceCompiler references;
  private final CallsFirst callsFirst;

  TermCompiler(Linker linker, Slots slots, BodyCompiler bodies) {
    this.linker = linker;
    this.slots = slots;
    this.bodies = bodies;
    this.references = new ReferenceCompiler(linker, slots, this);
    this.callsFirst = new CallsFirst(slots, this);
  }

  Operand compile(Term term, Scope scope) {
    return switch (term) {
      case Term.Constant constant -> new Operand.Constant(constant.value());
      case Term.Variable v when Variables.isDocument(v.name()) -> references.document(v);
      case Term.Variable v -> new Operand.Slot(slots.of(v.name()));
      case Term.Reference reference -> references.compile(reference, scope);
      case Term.Call call -> call(call, scope);
      case Term.ArrayTerm a ->
          folded(new Collections.Items(all(a.items(), scope)), a.items());
      case Term.SetTerm s -> folded(new Collections.Members(all(s.items(), scope)), s.items());
      case Term.ObjectTerm object -> object(object, scope);
      case Term.ArrayComprehension c -> {
        int sink = slots.sink();
        yield new Collections.ArrayOf(
            sink,
            closure(
                c.body(), List.of(c.head()), scope,
                heads -> new Collections.ArrayOf.Collect(sink, heads[0])));
      }
      case Term.SetComprehension c -> {
        int sink = slots.sink();
        yield new Collections.SetOf(
            sink,
            closure(
                c.body(), List.of(c.head()), scope,
                heads -> new Collections.CollectMember(sink, heads[0])));
      }
      case Term.ObjectComprehension c -> {
        int sink = slots.sink();
        yield new Collections.ObjectOf(
            sink,
            closure(
                c.body(), List.of(c.key(), c.value()), scope,
                heads -> new Collections.CollectField(sink, heads[0], heads[1], c.location())));
      }
      case Term.Template t ->
          new Collections.Template(all(t.parts(), scope), t.location());
    };
  }

  private interface HeadStep {
    Step make(Operand[] heads);
  }

  private Step closure(Body body, List<Term> heads, Scope scope, HeadStep last) {
    Scope inner = scope.closure();
    bodies.compile(body, inner);
    return inner.steps().link(last.make(all(heads, inner)));
  }

  private static Operand folded(Operand collection, List<Term> parts) {
    return parts.stream().allMatch(Term.Constant.class::isInstance)
        ? Constants.fold(collection)
        : collection;
  }

  private Operand object(Term.ObjectTerm object, Scope scope) {
    List<Term> parts = new ArrayList<>();
    object.entries().forEach(e -> parts.add(e.key()));
    object.entries().forEach(e -> parts.add(e.value()));
    Operand[] all = all(parts, scope);
    int size = object.entries().size();
    Operand[] keys = java.util.Arrays.copyOfRange(all, 0, size);
    Operand[] values = java.util.Arrays.copyOfRange(all, size, 2 * size);
    return folded(new Collections.Fields(keys, values, object.location()), parts);
  }

  /** Compiles terms beside each other, those first that bind what others need. */
  Operand[] all(List<Term> written, Scope scope) {
    List<Term> terms = callsFirst.of(written, scope);
    @Nullable Operand[] done = new @Nullable Operand[terms.size()];
    for (int left = terms.size(); left > 0; left--) {
      int next = ready(terms, done, scope.bound());
      done[next] = compile(terms.get(next), scope);
    }
    Operand[] operands = new Operand[terms.size()];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = java.util.Objects.requireNonNull(done[i]);
    }
    return operands;
  }

  private static int ready(
      List<Term> terms, @Nullable Operand[] done, Set<String> bound) {
    int first = -1;
    for (int i = 0; i < done.length; i++) {
      if (done[i] == null) {
        if (isReady(terms.get(i), bound)) {
          return i;
        }
        first = first < 0 ? i : first;
      }
    }
    return first;
  }

  /** True when the term can be evaluated, given that its references may enumerate. */
  static boolean isReady(Term term, Set<String> bound) {
    if (Bindings.isKnown(term, bound)) {
      return true;
    }
    Set<String> after = new HashSet<>(bound);
    int before;
    do {
      before = after.size();
      Bindings.references(term, after);
    } while (after.size() != before);
    return Bindings.isKnown(term, after);
  }

  private Operand call(Term.Call call, Scope scope) {
    Operand[] arguments = all(call.arguments(), scope);
    RuleGroup rule = linker.modules().functions().rule(call.function());
    if (rule != null) {
      return new Calls.OfRule(linker.group(rule), arguments, call.location());
    }
    Builtin builtin = linker.modules().functions().builtin(call.function());
    if (builtin == null) {
      throw new IllegalStateException("unchecked function " + call.function());
    }
    Calls.Comparison comparison = COMPARISONS.get(call.function());
    if (comparison != null && arguments.length == 2) {
      return new Calls.Compare(
          comparison, builtin, arguments[0], arguments[1], call.location());
    }
    Operand operand = new Calls.OfBuiltin(builtin, arguments, call.location());
    if (!builtin.relation()) {
      return operand;
    }
    int each = slots.temporary();
    Pattern bind = new Pattern.Bind(each);
    scope.steps().add(next -> new Steps.Iterate(operand, Pattern.ANY, bind, next));
    return new Operand.Slot(each);
  }
}
