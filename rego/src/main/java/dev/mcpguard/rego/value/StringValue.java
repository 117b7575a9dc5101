package dev.mcpguard.rego.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A string. */
public final class StringValue implements Value {
  public static final StringValue EMPTY = new StringValue("");

  private final String text;

  private StringValue(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  public static StringValue of(String text) {
    return text.isEmpty() ? EMPTY : new StringValue(text);
  }

  public String text() {
    return text;
  }

  @Override
  public String typeName() {
    return "string";
  }

  @Override
  public int rank() {
    return 3;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || other instanceof StringValue that && text.equals(that.text);
  }

  @Override
  public String toString() {
    return Quoting.quote(text);
  }
}
