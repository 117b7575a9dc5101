package dev.mcpguard.rego.compile;

import dev.mcpguard.rego.check.Bindings;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.check.RuleNode;
import dev.mcpguard.rego.check.Variables;
import dev.mcpguard.rego.eval.Documents;
import dev.mcpguard.rego.eval.Lookup;
import dev.mcpguard.rego.eval.Operand;
import dev.mcpguard.rego.eval.Pattern;
import dev.mcpguard.rego.eval.Steps;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** References to lookups, and to loops where a key is not bound yet. */
final class ReferenceCompiler {
  private static final Operand[] NONE = {};
  private static final Value[] NO_KEYS = {};

  private final Linker linker;
  private final Slots slots;
  private final TermCompiler terms;
  private final PatternCompiler patterns;

  ReferenceCompiler(Linker linker, Slots slots, TermCompiler terms) {
    this.linker = linker;
    this.slots = slots;
    this.terms = terms;
    this.patterns = new PatternCompiler(slots, terms);
  }

  /** {@code data} or {@code input} as a whole. */
  Operand document(Term.Variable root) {
    return root.name().equals("input")
        ? new Lookup.Input(NO_KEYS)
        : new Documents.Dynamic(linker.root(), List.of(), NONE);
  }

  Operand compile(Term.Reference reference, Scope scope) {
    boolean data = reference.head() instanceof Term.Variable v && v.name().equals("data");
    Operand head = data ? null : terms.compile(reference.head(), scope);
    List<Operand> keys = new ArrayList<>();
    for (Term part : reference.path()) {
      if (TermCompiler.isReady(part, scope.bound()) && !isFree(part, scope)) {
        keys.add(terms.compile(part, scope));
        continue;
      }
      Operand source = lookup(head, keys);
      int value = slots.temporary();
      PatternCompiler.Compiled key = patterns.compile(part, scope);
      scope
          .steps()
          .add(next -> new Steps.Iterate(source, key.pattern(), new Pattern.Bind(value), next));
      key.addChecks(scope);
      head = new Operand.Slot(value);
      keys.clear();
    }
    return lookup(head, keys);
  }

  private static boolean isFree(Term part, Scope scope) {
    return part instanceof Term.Variable variable
        ? !Variables.isDocument(variable.name()) && !scope.bound().contains(variable.name())
        : !(part instanceof Term.Reference) && !Bindings.isKnown(part, scope.bound());
  }

  private Operand lookup(@org.jspecify.annotations.Nullable Operand head, List<Operand> keys) {
    if (head == null) {
      return data(keys);
    }
    if (keys.isEmpty()) {
      return head;
    }
    if (head instanceof Lookup.Input input
        && keys.stream().allMatch(Operand.Constant.class::isInstance)) {
      List<Value> path = new ArrayList<>(List.of(input.keys()));
      keys.forEach(key -> path.add(((Operand.Constant) key).value()));
      return new Lookup.Input(path.toArray(NO_KEYS));
    }
    return new Lookup.Keys(head, keys.toArray(NONE));
  }

  private Operand data(List<Operand> keys) {
    RuleNode node = linker.modules().root();
    List<Value> front = new ArrayList<>();
    int i = 0;
    while (i < keys.size() && keys.get(i) instanceof Operand.Constant constant) {
      if (node.group() != null) {
        break;
      }
      RuleNode child = node.child(constant.value());
      if (child == null) {
        return base(front, keys, i);
      }
      front.add(constant.value());
      node = child;
      i++;
    }
    Operand[] rest = keys.subList(i, keys.size()).toArray(NONE);
    RuleGroup group = node.group();
    if (group == null) {
      return new Documents.Dynamic(linker.runtime(node), List.copyOf(front), rest);
    }
    return rest.length == 0
        ? new Documents.Whole(linker.group(group))
        : new Documents.Under(linker.group(group), rest);
  }

  private static Operand base(List<Value> front, List<Operand> keys, int from) {
    List<Value> path = new ArrayList<>(front);
    int i = from;
    while (i < keys.size() && keys.get(i) instanceof Operand.Constant constant) {
      path.add(constant.value());
      i++;
    }
    Operand found = new Documents.Base(List.copyOf(path));
    return i == keys.size()
        ? found
        : new Lookup.Keys(found, keys.subList(i, keys.size()).toArray(NONE));
  }
}
