package dev.mcpguard.rego.value;

/** The null value. */
public final class NullValue implements Value {
  public static final NullValue NULL = new NullValue();

  private NullValue() {}

  @Override
  public String typeName() {
    return "null";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public String toString() {
    return "null";
  }
}
