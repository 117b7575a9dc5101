package dev.mcpguard.rego.check;

import dev.mcpguard.rego.builtins.Builtin;
import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import dev.mcpguard.rego.types.AnyType;
import dev.mcpguard.rego.types.ArrayType;
import dev.mcpguard.rego.types.FunctionType;
import dev.mcpguard.rego.types.ObjectType;
import dev.mcpguard.rego.types.ScalarType;
import dev.mcpguard.rego.types.SetType;
import dev.mcpguard.rego.types.Type;
import dev.mcpguard.rego.types.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import dev.mcpguard.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** The types of terms, and of the variables that patterns bind. */
final class TermTypes {
  private final FunctionTable functions;
  private final RuleNode root;
  private final Errors errors;
  private final TypeCheck bodies;
  private final Map<RuleGroup, Type> groups;

  TermTypes(
      FunctionTable functions,
      RuleNode root,
      Errors errors,
      TypeCheck bodies,
      Map<RuleGroup, Type> groups) {
    this.functions = functions;
    this.root = root;
    this.errors = errors;
    this.bodies = bodies;
    this.groups = groups;
  }

  Type of(Term term, Map<String, Type> known) {
    return switch (term) {
      case Term.Constant constant -> Types.typeOf(constant.value());
      case Term.Variable variable -> known.getOrDefault(variable.name(), AnyType.ANY);
      case Term.Reference reference -> reference(reference, known);
      case Term.Call call -> call(call, known);
      case Term.ArrayTerm array ->
          new ArrayType(all(array.items(), known), array.items().isEmpty() ? AnyType.ANY : null);
      case Term.SetTerm set -> {
        Type element = null;
        for (Type each : all(set.items(), known)) {
          element = Types.or(element, each);
        }
        yield new SetType(TypeCheck.orAny(element));
      }
      case Term.ObjectTerm object -> object(object, known);
      case Term.ArrayComprehension c -> new ArrayType(List.of(), inside(c.body(), c.head(), known));
      case Term.SetComprehension c -> new SetType(inside(c.body(), c.head(), known));
      case Term.ObjectComprehension c -> {
        Map<String, Type> inner = new HashMap<>(known);
        bodies.body(c.body(), inner);
        yield ObjectType.of(of(c.key(), inner), of(c.value(), inner));
      }
      case Term.Template template -> {
        all(template.parts(), known);
        template.parts().forEach(part -> forgetShown(part, known));
        yield ScalarType.STRING;
      }
    };
  }

  private Type inside(Body body, Term head, Map<String, Type> known) {
    Map<String, Type> inner = new HashMap<>(known);
    bodies.body(body, inner);
    return of(head, inner);
  }

  private List<Type> all(List<Term> terms, Map<String, Type> known) {
    List<Type> types = new ArrayList<>();
    terms.forEach(term -> types.add(of(term, known)));
    return types;
  }

  private Type object(Term.ObjectTerm object, Map<String, Type> known) {
    TreeMap<Value, Type> properties = new TreeMap<>();
    Type key = null;
    Type rest = null;
    for (Term.Entry entry : object.entries()) {
      Type value = of(entry.value(), known);
      if (entry.key() instanceof Term.Constant constant) {
        properties.put(constant.value(), value);
      } else {
        key = Types.or(key, of(entry.key(), known));
        rest = Types.or(rest, value);
      }
    }
    return object.entries().isEmpty()
        ? ObjectType.of(AnyType.ANY, AnyType.ANY)
        : new ObjectType(properties, key, rest);
  }

  private Type reference(Term.Reference reference, Map<String, Type> known) {
    int from = 0;
    Type type;
    if (reference.head() instanceof Term.Variable head && Variables.isDocument(head.name())) {
      type = AnyType.ANY;
      RuleNode node = head.name().equals("data") ? root : null;
      while (node != null && node.group() == null && from < reference.path().size()) {
        node =
            reference.path().get(from) instanceof Term.Constant constant
                ? node.child(constant.value())
                : null;
        from++;
      }
      RuleGroup group = node == null ? null : node.group();
      if (group != null) {
        type = groups.getOrDefault(group, AnyType.ANY);
      } else {
        from = 0;
      }
    } else {
      type = of(reference.head(), known);
    }
    return under(type, reference, from, known);
  }

  private Type under(Type start, Term.Reference reference, int from, Map<String, Type> known) {
    Type type = start;
    for (Term part : reference.path().subList(from, reference.path().size())) {
      if (part instanceof Term.Constant constant) {
        Type selected = Types.select(type, constant.value());
        if (selected == null) {
          errors.type(
              part.location(), "undefined ref: " + type + " has no `" + constant.value() + "`");
          return AnyType.ANY;
        }
        type = selected;
      } else {
        of(part, known);
        bind(part, TypeCheck.orAny(Types.keys(type)), known);
        type = TypeCheck.orAny(Types.values(type));
      }
    }
    return type;
  }

  private Type call(Term.Call call, Map<String, Type> known) {
    List<Type> given = all(call.arguments(), known);
    RuleGroup rule = functions.rule(call.function());
    if (rule != null) {
      return groups.getOrDefault(rule, AnyType.ANY);
    }
    Builtin builtin = functions.builtin(call.function());
    if (builtin == null) {
      return AnyType.ANY;
    }
    FunctionType wanted = builtin.type();
    for (int i = 0; i < given.size(); i++) {
      Type argument = lenient(wanted.argument(i));
      Type had = loosened(call.arguments().get(i), given.get(i), argument);
      if (argument != null
          && !TermShapes.takes(call.arguments().get(i), had, argument)) {
        errors.type(
            call.location(),
            call.function() + ": invalid argument(s): have " + given + ", want "
                + wanted.argumentsText());
        break;
      }
      widen(call.arguments().get(i), wanted.argument(i), known);
    }
    return resultOf(builtin, wanted);
  }

  /**
   * As in OPA, where one of several kinds is wanted, only the constants of a literal are judged: what
   * else stands in it has become a variable by then, and variables are widened, not held to a type.
   */
  private static Type loosened(Term term, Type given, @Nullable Type wanted) {
    boolean several = wanted instanceof AnyType any && !any.isTop();
    return several && isLiteral(term) ? constantsOnly(term, given) : given;
  }

  private static boolean isLiteral(Term term) {
    return term instanceof Term.ArrayTerm
        || term instanceof Term.SetTerm
        || term instanceof Term.ObjectTerm;
  }

  private static Type constantsOnly(Term term, Type given) {
    return switch (term) {
      case Term.Constant constant -> given;
      case Term.ArrayTerm array when given instanceof ArrayType items -> {
        List<Type> loose = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
          loose.add(constantsOnly(array.items().get(i), TypeCheck.orAny(items.at(i))));
        }
        yield new ArrayType(loose, null);
      }
      case Term.SetTerm set when set.items().stream().allMatch(Term.Constant.class::isInstance) ->
          given;
      case Term.SetTerm set -> new SetType(AnyType.ANY);
      case Term.ObjectTerm object -> given;
      default -> AnyType.ANY;
    };
  }

  /** After such a call the variables of the literal may be anything. */
  private static void widen(Term term, @Nullable Type wanted, Map<String, Type> known) {
    if (wanted instanceof AnyType && isLiteral(term)) {
      new TreeWalker() {
        @Override
        public void variable(Term.Variable variable) {
          forget(variable, known);
        }

        @Override
        public void comprehension(Body body, List<Term> heads, Term whole) {}

        @Override
        public void reference(Term.Reference reference) {}

        @Override
        public void call(Term.Call call) {}
      }.term(term);
    }
  }

  /** A variable that stands in a template or such a literal may be anything afterwards. */
  private static void forget(Term term, Map<String, Type> known) {
    if (term instanceof Term.Variable variable) {
      known.put(variable.name(), AnyType.ANY);
    }
  }

  /** The same of a part of a template: the parser makes of {@code {x}} the set of its values. */
  private static void forgetShown(Term part, Map<String, Type> known) {
    if (part instanceof Term.SetComprehension shown
        && shown.body().literals().size() == 1
        && shown.body().literals().getFirst().statement()
            instanceof Statement.Unification(Term.Variable left, Term.Variable right)) {
      forget(left, known);
      forget(right, known);
    }
  }

  /** Options that a builtin knows by name may be left out. */
  private static @Nullable Type lenient(@Nullable Type wanted) {
    return wanted instanceof ObjectType options && !options.properties().isEmpty()
        ? ObjectType.of(AnyType.ANY, AnyType.ANY)
        : wanted;
  }

  private static Type resultOf(Builtin builtin, FunctionType type) {
    @Nullable Type result = type.result();
    return builtin.relation() ? AnyType.ANY : TypeCheck.orAny(result);
  }

  /** Gives the variables of a pattern that have no type yet the types of what they are matched with. */
  void bind(Term pattern, Type type, Map<String, Type> known) {
    switch (pattern) {
      case Term.Variable variable -> {
        known.putIfAbsent(variable.name(), type);
      }
      case Term.ArrayTerm array -> {
        for (int i = 0; i < array.items().size(); i++) {
          Type item = type instanceof ArrayType items ? items.at(i) : AnyType.ANY;
          bind(array.items().get(i), TypeCheck.orAny(item), known);
        }
      }
      case Term.ObjectTerm object -> {
        for (Term.Entry entry : object.entries()) {
          Type field =
              type instanceof ObjectType fields && entry.key() instanceof Term.Constant constant
                  ? fields.at(constant.value())
                  : AnyType.ANY;
          bind(entry.value(), TypeCheck.orAny(field), known);
        }
      }
      default -> {}
    }
  }
}
