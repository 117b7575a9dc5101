package dev.mcpguard.rego.types;

import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads types in the notation in which they are printed. */
public final class TypeParser {
  private final String text;
  private int at;

  private TypeParser(String text) {
    this.text = text;
  }

  /**
   * Reads a type other than a function.
   *
   * @throws IllegalArgumentException if the text is no type
   */
  public static Type parse(String text) {
    TypeParser parser = new TypeParser(text);
    Type type = parser.type();
    parser.end();
    return type;
  }

  /**
   * Reads a function type such as {@code (string, any...) => boolean}; a result of {@code ???}
   * stands for none.
   *
   * @throws IllegalArgumentException if the text is no function type
   */
  public static FunctionType parseFunction(String text) {
    TypeParser parser = new TypeParser(text);
    FunctionType type = parser.function();
    parser.end();
    return type;
  }

  private FunctionType function() {
    expect("(");
    List<Type> arguments = new ArrayList<>();
    Type variadic = null;
    while (!take(")")) {
      Type argument = type();
      if (take("...")) {
        variadic = argument;
      } else {
        arguments.add(argument);
      }
      take(", ");
    }
    expect(" => ");
    return new FunctionType(arguments, variadic, take("???") ? null : type());
  }

  private Type type() {
    String name = word();
    return switch (name) {
      case "any" -> take("<") ? new AnyType(list()) : AnyType.ANY;
      case "null" -> ScalarType.NULL;
      case "boolean" -> ScalarType.BOOLEAN;
      case "number" -> ScalarType.NUMBER;
      case "string" -> ScalarType.STRING;
      case "array" -> new ArrayType(take("<") ? list() : List.of(), bracketed());
      case "set" -> set();
      case "object" -> object();
      default -> throw error();
    };
  }

  private List<Type> list() {
    List<Type> types = new ArrayList<>();
    do {
      types.add(type());
    } while (take(", "));
    expect(">");
    return types;
  }

  private @Nullable Type bracketed() {
    if (!take("[")) {
      return null;
    }
    Type type = type();
    expect("]");
    return type;
  }

  private SetType set() {
    Type element = bracketed();
    if (element == null) {
      throw error();
    }
    return new SetType(element);
  }

  private ObjectType object() {
    TreeMap<Value, Type> properties = new TreeMap<>();
    if (take("<")) {
      do {
        Value key = StringValue.of(word());
        expect(": ");
        properties.put(key, type());
      } while (take(", "));
      expect(">");
    }
    if (!take("[")) {
      return ObjectType.of(properties);
    }
    Type key = type();
    expect(": ");
    Type rest = type();
    expect("]");
    return new ObjectType(properties, key, rest);
  }

  private String word() {
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean take(String token) {
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw error();
    }
  }

  private void end() {
    if (at != text.length()) {
      throw error();
    }
  }

  private IllegalArgumentException error() {
    return new IllegalArgumentException("`" + text + "` is no type, see character " + (at + 1));
  }
}
