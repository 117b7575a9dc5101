package dev.mcpguard.registry;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a manifest says of one kind of primitive. The most exact pattern wins. Immutable and
 * thread-safe.
 *
 * <p>INVARIANT: a URI that a server might read otherwise than it is compared here (escapes, dot
 * segments, capitals, blanks) gets the strictest of all rules, so that no spelling evades one.
 */
public record PrimitiveRules(List<PrimitiveRule> rules, PrimitiveRule standard) {
  private static final int LONGEST = 2048;
  private static final Pattern PLAIN_URI =
      Pattern.compile("[a-z][a-z0-9+.-]*:(?://[a-z0-9._:@-]*+)?+([A-Za-z0-9_~:@!$&'()*+,;=?./-]*+)");
  private static final Pattern DOTS = Pattern.compile("[:/]\\.{1,2}([/?]|$)");

  public PrimitiveRules {
    rules =
        rules.stream()
            .sorted(Comparator.comparing((PrimitiveRule rule) -> rule.pattern().length()).reversed())
            .toList();
  }

  /** Nothing is said. */
  public static PrimitiveRules none(DataExposure exposure) {
    return new PrimitiveRules(List.of(), PrimitiveRule.standard(exposure));
  }

  PrimitiveRule of(PrimitiveKind kind, String name) {
    if (kind == PrimitiveKind.RESOURCE && !plain(name)) {
      return rules.stream().reduce(standard, PrimitiveRule::stricter);
    }
    for (PrimitiveRule rule : rules) {
      if (rule.matches(name)) {
        return rule;
      }
    }
    return standard;
  }

  private static boolean plain(String uri) {
    Matcher parts = PLAIN_URI.matcher(uri);
    return uri.length() <= LONGEST
        && parts.matches()
        && !parts.group(1).contains("//")
        && !DOTS.matcher(uri).find();
  }
}
