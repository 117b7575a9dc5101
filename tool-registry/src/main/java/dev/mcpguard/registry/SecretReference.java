package dev.mcpguard.registry;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is found, never the secret itself: {@code env:NAME} or {@code file:/path}.
 * Immutable; safe to print.
 */
public record SecretReference(Source source, String name) {
  /** What is allowed, for messages. */
  static final String RULE = "write `env:NAME` or `file:/absolute/path`, never the secret itself";

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final Pattern FILE = Pattern.compile("/[^\\p{Cntrl}]{1,1023}");

  /** Where to look. */
  public enum Source {
    ENV,
    FILE
  }

  public SecretReference {
    Pattern spelling = source == Source.ENV ? VARIABLE : FILE;
    if (!spelling.matcher(name).matches()) {
      throw new IllegalArgumentException("not a secret reference; " + RULE);
    }
  }

  public static @Nullable SecretReference ofText(String text) {
    if (text.startsWith("env:") && VARIABLE.matcher(text.substring(4)).matches()) {
      return new SecretReference(Source.ENV, text.substring(4));
    }
    if (text.startsWith("file:") && FILE.matcher(text.substring(5)).matches()) {
      return new SecretReference(Source.FILE, text.substring(5));
    }
    return null;
  }

  /** As written in the manifest. */
  public String text() {
    return (source == Source.ENV ? "env:" : "file:") + name;
  }

  @Override
  public String toString() {
    return text();
  }
}
