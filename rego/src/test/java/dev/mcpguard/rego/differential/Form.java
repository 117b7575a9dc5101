package dev.mcpguard.rego.differential;

/**
 * How a random module is written. All forms of one seed mean the same; OPA's own answer depends on the form
 * ({@code docs/decisions/0060} and {@code 0062}), so that where it does, it is asked in another one.
 */
enum Form {
  /** As drawn: some bodies in any order of their literals, sets as they come. */
  DRAWN(false, false),
  /** Every variable is bound before its use. */
  ORDERED(true, false),
  /**
   * Every set literal passes through a set operation, after which OPA goes through its values in their order, and every
   * {@code to_number} through an addition, after which its number is one of JSON (OPA keeps the text {@code 01}).
   */
  SETTLED(false, true),
  ORDERED_AND_SETTLED(true, true);

  private final boolean ordered;
  private final boolean settled;

  Form(boolean ordered, boolean settled) {
    this.ordered = ordered;
    this.settled = settled;
  }

  boolean ordered() {
    return ordered;
  }

  boolean settled() {
    return settled;
  }
}
