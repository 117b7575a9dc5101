package dev.mcpguard.rego.types;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function.
 *
 * @param arguments types of the fixed arguments
 * @param variadic type of all further arguments, null if there are none
 * @param result type of the result, null if the function gives none
 */
public record FunctionType(List<Type> arguments, @Nullable Type variadic, @Nullable Type result)
    implements Type {
  public FunctionType {
    arguments = List.copyOf(arguments);
  }

  /** Number of fixed arguments. */
  public int arity() {
    return arguments.size();
  }

  /** The type of an argument by index, or null if the function takes none there. */
  public @Nullable Type argument(int index) {
    return index < arguments.size() ? arguments.get(index) : variadic;
  }

  /** The arguments as OPA prints them in type errors. */
  public String argumentsText() {
    Stream<String> fixed = arguments.stream().map(Type::toString);
    Stream<String> further = variadic == null ? Stream.empty() : Stream.of(variadic + "...");
    return Stream.concat(fixed, further).collect(Collectors.joining(", ", "(", ")"));
  }

  @Override
  public String toString() {
    return argumentsText() + " => " + (result == null ? "???" : result);
  }
}
