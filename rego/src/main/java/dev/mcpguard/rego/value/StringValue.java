package dev.mcpguard.rego.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A string. */
public final class StringValue implements Value {
  public static final StringValue EMPTY = new StringValue("");

  private static final int PLACES = 1024;
  private static final int LONGEST_NAME = 64;

  /** Names met lately, each where its hash says; final fields make a racy read safe. */
  private static final @Nullable StringValue[] NAMES = new StringValue[PLACES];

  private final String text;

  private StringValue(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  public static StringValue of(String text) {
    return text.isEmpty() ? EMPTY : new StringValue(text);
  }

  /**
   * The same for a name: what policies and documents call their members is usually one object, so
   * that looking a member up is comparing references. Nothing but speed depends on it.
   */
  public static StringValue name(String text) {
    if (text.length() > LONGEST_NAME) {
      return of(text);
    }
    int place = text.hashCode() & (PLACES - 1);
    StringValue known = NAMES[place];
    if (known != null && known.text.equals(text)) {
      return known;
    }
    StringValue fresh = of(text);
    NAMES[place] = fresh;
    return fresh;
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
