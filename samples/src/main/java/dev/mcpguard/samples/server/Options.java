package dev.mcpguard.samples.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Command-line options, each `--name value`. Immutable. */
public record Options(Map<String, String> values) {
  public Options {
    values = Map.copyOf(values);
  }

  /** Reads the arguments. */
  public static Options of(String[] arguments, Set<String> known) throws UserErrorException {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!known.contains(name)) {
        throw new UserErrorException("unknown option `" + arguments[i] + "`; there are " + known);
      }
      if (i + 1 == arguments.length) {
        throw new UserErrorException("the option `--" + name + "` needs a value");
      }
      values.put(name, arguments[i + 1]);
    }
    return new Options(values);
  }

  /** A value, or null when the option was not given. */
  public @Nullable String optional(String name) {
    return values.get(name);
  }

  /** A value that must be there. */
  public String required(String name) throws UserErrorException {
    String value = values.get(name);
    if (value == null) {
      throw new UserErrorException("the option `--" + name + "` is missing");
    }
    return value;
  }

  /** A path that must be there. */
  public Path path(String name) throws UserErrorException {
    return Path.of(required(name)).toAbsolutePath().normalize();
  }

  /** A port; 0 lets the system choose. */
  public int port(String name) throws UserErrorException {
    String value = required(name);
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
      throw new UserErrorException("`" + value + "` is not a port");
    }
    return Integer.parseInt(value);
  }
}
