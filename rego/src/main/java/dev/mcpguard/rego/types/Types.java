package dev.mcpguard.rego.types;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.SetValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Questions about types that a checker asks. A null type is one that is not known. */
public final class Types {
  private static final Comparator<Type> PRINTED =
      Comparator.<Type>comparingInt(Types::rank).thenComparing(Type::toString);

  private Types() {}

  /** Whether a value of both types could exist; false if either is unknown. */
  public static boolean unifies(@Nullable Type a, @Nullable Type b) {
    if (a == null || b == null || a instanceof FunctionType || b instanceof FunctionType) {
      return false;
    }
    if (a instanceof AnyType any) {
      return any.isTop() || any.options().stream().anyMatch(option -> unifies(option, b));
    }
    return switch (b) {
      case AnyType _ -> unifies(b, a);
      case ScalarType _ -> a == b;
      case ArrayType right -> a instanceof ArrayType left && unifiesArrays(left, right);
      case ObjectType right -> a instanceof ObjectType left && unifiesObjects(left, right);
      case SetType right ->
          a instanceof SetType left && unifies(left.element(), right.element());
      case FunctionType _ -> false;
    };
  }

  private static boolean unifiesArrays(ArrayType a, ArrayType b) {
    int known = Math.max(a.elements().size(), b.elements().size());
    for (int i = 0; i < known; i++) {
      if (!unifies(a.at(i), b.at(i))) {
        return false;
      }
    }
    return a.rest() == null || b.rest() == null || unifies(a.rest(), b.rest());
  }

  private static boolean unifiesObjects(ObjectType a, ObjectType b) {
    return a.properties().keySet().stream().allMatch(key -> unifies(a.at(key), b.at(key)))
        && b.properties().keySet().stream().allMatch(key -> unifies(a.at(key), b.at(key)))
        && (a.rest() == null || b.rest() == null || unifies(a.rest(), b.rest()));
  }

  /** The union of two types; the other one if one is unknown. */
  public static @Nullable Type or(@Nullable Type a, @Nullable Type b) {
    if (a == null || a.equals(b)) {
      return b;
    }
    if (b == null) {
      return a;
    }
    List<Type> options = new ArrayList<>();
    if (!addOptions(options, a) || !addOptions(options, b)) {
      return AnyType.ANY;
    }
    options.sort(PRINTED);
    return options.size() == 1 ? options.getFirst() : new AnyType(options);
  }

  private static boolean addOptions(List<Type> options, Type type) {
    List<Type> parts = type instanceof AnyType any ? any.options() : List.of(type);
    for (Type part : parts) {
      if (!options.contains(part)) {
        options.add(part);
      }
    }
    return !parts.isEmpty();
  }

  /** The type of what stands under a key of a composite, or null if nothing can. */
  public static @Nullable Type select(Type type, Value key) {
    return switch (type) {
      case ScalarType _, FunctionType _ -> null;
      case ArrayType array ->
          key instanceof NumberValue number && number.isLong()
              ? array.at((int) Math.clamp(number.longValue(), -1, Integer.MAX_VALUE))
              : null;
      case ObjectType object -> object.at(key);
      case SetType set -> unifies(set.element(), typeOf(key)) ? set.element() : null;
      case AnyType any -> selectAny(any, key);
    };
  }

  private static @Nullable Type selectAny(AnyType any, Value key) {
    if (any.isTop()) {
      return any;
    }
    Type found = null;
    for (Type option : any.options()) {
      found = or(found, select(option, key));
    }
    return found;
  }

  /** The type of the keys that can be enumerated, or null if there are none. */
  public static @Nullable Type keys(Type type) {
    return switch (type) {
      case ScalarType _, FunctionType _ -> null;
      case ArrayType _ -> ScalarType.NUMBER;
      case SetType set -> set.element();
      case ObjectType object -> {
        Type found = object.key();
        for (Value key : object.properties().keySet()) {
          found = or(found, typeOf(key));
        }
        yield found;
      }
      case AnyType any -> any.isTop() ? any : mergeAll(any.options().stream().map(Types::keys).toList());
    };
  }

  /** The type of the values that can be enumerated, or null if there are none. */
  public static @Nullable Type values(Type type) {
    return switch (type) {
      case ScalarType _, FunctionType _ -> null;
      case ArrayType array -> or(mergeAll(array.elements()), array.rest());
      case SetType set -> set.element();
      case ObjectType object -> or(mergeAll(object.properties().values()), object.rest());
      case AnyType any ->
          any.isTop() ? any : mergeAll(any.options().stream().map(Types::values).toList());
    };
  }

  private static @Nullable Type mergeAll(Iterable<? extends @Nullable Type> types) {
    Type found = null;
    for (Type type : types) {
      found = or(found, type);
    }
    return found;
  }

  /** The exact type of a value. */
  public static Type typeOf(Value value) {
    return switch (value) {
      case NullValue _ -> ScalarType.NULL;
      case BooleanValue _ -> ScalarType.BOOLEAN;
      case NumberValue _ -> ScalarType.NUMBER;
      case StringValue _ -> ScalarType.STRING;
      case ArrayValue array -> {
        List<Type> elements = new ArrayList<>();
        array.forEach(element -> elements.add(typeOf(element)));
        // As in OPA, nothing is known of what stands in an empty array.
        yield new ArrayType(elements, elements.isEmpty() ? AnyType.ANY : null);
      }
      case ObjectValue object -> {
        TreeMap<Value, Type> properties = new TreeMap<>();
        object.forEach((key, element) -> properties.put(key, typeOf(element)));
        // As in OPA, nothing is known of what stands in an empty object either.
        yield properties.isEmpty()
            ? ObjectType.of(AnyType.ANY, AnyType.ANY)
            : ObjectType.of(properties);
      }
      case SetValue set -> {
        Type element = null;
        for (Value member : set) {
          element = or(element, typeOf(member));
        }
        yield new SetType(element == null ? AnyType.ANY : element);
      }
    };
  }

  private static int rank(Type type) {
    return switch (type) {
      case ScalarType scalar -> scalar.ordinal();
      case ArrayType _ -> 4;
      case ObjectType _ -> 5;
      case SetType _ -> 6;
      case AnyType _ -> 7;
      case FunctionType _ -> 8;
    };
  }
}
