package dev.mcpguard.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version as semver.org 2.0.0 orders them, read as leniently as OPA reads them. */
record SemanticVersion(List<Long> numbers, String preRelease)
    implements Comparable<SemanticVersion> {
  private static final Pattern FORM =
      Pattern.compile(
          "v?([0-9]+)\\.([0-9]+)\\.([0-9]+)(?:-([0-9A-Za-z.-]*))?(?:\\+([0-9A-Za-z.-]*))?");

  static @Nullable SemanticVersion parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    List<Long> numbers = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      BigInteger number = new BigInteger(matcher.group(i));
      if (number.bitLength() >= Long.SIZE) {
        return null;
      }
      numbers.add(number.longValue());
    }
    String preRelease = matcher.group(4);
    return new SemanticVersion(numbers, preRelease == null ? "" : preRelease);
  }

  @Override
  public int compareTo(SemanticVersion other) {
    for (int i = 0; i < numbers.size(); i++) {
      int order = Long.compare(numbers.get(i), other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    return compareParts(preRelease.split("\\.", -1), other.preRelease.split("\\.", -1));
  }

  private static int compareParts(String[] a, String[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = comparePart(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static int comparePart(String a, String b) {
    boolean numericA = isNumeric(a);
    boolean numericB = isNumeric(b);
    if (numericA != numericB) {
      return numericA ? -1 : 1;
    }
    if (numericA) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return Integer.signum(a.compareTo(b));
  }

  private static boolean isNumeric(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
