package dev.mcpguard.policy.bundle;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order of revisions, which OPA leaves free text: whole numbers ({@code 42}), versions of three
 * numbers ({@code v1.4.0}) and times of RFC 3339 ({@code 2026-11-29T12:00:00Z}). Only revisions of one
 * kind can be compared. Pure.
 */
final class RevisionOrder {
  /** What is allowed, for messages. */
  static final String RULE =
      "number revisions `42`, version them `1.4.0`, or date them `2026-11-29T12:00:00Z`";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}");
  private static final Pattern VERSION =
      Pattern.compile("v?([0-9]{1,12})\\.([0-9]{1,12})\\.([0-9]{1,12})");

  private RevisionOrder() {}

  /** Whether the text is a revision that has an order. */
  static boolean ordered(String revision) {
    return NUMBER.matcher(revision).matches()
        || VERSION.matcher(revision).matches()
        || time(revision) != null;
  }

  /** As {@code compareTo}, or null if the two have no order. */
  static @Nullable Integer compare(String a, String b) {
    if (NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches()) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    Matcher left = VERSION.matcher(a);
    Matcher right = VERSION.matcher(b);
    if (left.matches() && right.matches()) {
      return compare(left, right);
    }
    OffsetDateTime before = time(a);
    OffsetDateTime after = time(b);
    return before == null || after == null ? null : before.toInstant().compareTo(after.toInstant());
  }

  private static int compare(Matcher a, Matcher b) {
    for (int i = 1; i <= 3; i++) {
      int order = Long.compare(Long.parseLong(a.group(i)), Long.parseLong(b.group(i)));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static @Nullable OffsetDateTime time(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException noTime) {
      return null;
    }
  }
}
