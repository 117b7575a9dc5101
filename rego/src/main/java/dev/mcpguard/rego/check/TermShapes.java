package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.types.AnyType;
import dev.mcpguard.rego.types.ArrayType;
import dev.mcpguard.rego.types.ObjectType;
import dev.mcpguard.rego.types.SetType;
import dev.mcpguard.rego.types.Type;
import dev.mcpguard.rego.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Whether a collection written in a policy can be of a type, element for element; a pattern of another
 * length or with other keys than the value it is matched with can never hold. What is no literal may be anything.
 */
final class TermShapes {
  private TermShapes() {}

  static boolean fits(Term term, @Nullable Type type) {
    if (type == null) {
      return false;
    }
    if (type instanceof AnyType any && !(term instanceof Term.Constant)) {
      return any.isTop() || any.options().stream().anyMatch(option -> fits(term, option));
    }
    return switch (term) {
      case Term.Constant constant -> Types.unifies(Types.typeOf(constant.value()), type);
      case Term.ArrayTerm array -> type instanceof ArrayType items && array(array, items);
      case Term.ObjectTerm object -> type instanceof ObjectType fields && object(object, fields);
      case Term.SetTerm set ->
          type instanceof SetType members
              && set.items().stream().allMatch(item -> fits(item, members.element()));
      default -> true;
    };
  }

  /** Whether an argument will do: of a literal with objects OPA asks no more than that what is there fits. */
  static boolean takes(Term term, Type given, Type wanted) {
    return fits(term, wanted) && (Types.unifies(given, wanted) || isOfObjects(term));
  }

  private static boolean isOfObjects(Term term) {
    return term instanceof Term.ObjectTerm
        || term instanceof Term.ArrayTerm array && array.items().stream().anyMatch(TermShapes::isOfObjects);
  }

  private static boolean array(Term.ArrayTerm array, ArrayType type) {
    if (array.items().size() != type.elements().size() && type.rest() == null) {
      return false;
    }
    for (int i = 0; i < array.items().size(); i++) {
      if (!fits(array.items().get(i), type.at(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean object(Term.ObjectTerm object, ObjectType type) {
    if (object.entries().size() != type.properties().size() && type.rest() == null) {
      return false;
    }
    return object.entries().stream()
        .allMatch(
            entry ->
                !(entry.key() instanceof Term.Constant key)
                    || fits(entry.value(), type.at(key.value())));
  }
}
