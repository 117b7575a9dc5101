package dev.mcpguard.samples.server;

import java.util.Map;

/** The arguments of one call. The SDK has checked them against the tool's schema already. */
public record CallArguments(Map<String, Object> values) {

  /** A text that must be there. */
  public String text(String name) throws UserErrorException {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw new UserErrorException("the argument `" + name + "` must be a text");
  }

  /** A text, or the fallback when it is not there. */
  public String text(String name, String fallback) throws UserErrorException {
    return values.containsKey(name) ? text(name) : fallback;
  }

  /** A whole number that must be there. */
  public int number(String name) throws UserErrorException {
    if (values.get(name) instanceof Integer number) {
      return number;
    }
    throw new UserErrorException("the argument `" + name + "` must be a whole number");
  }
}
