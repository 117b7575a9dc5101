package dev.mcpguard.registry.poison;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shapes of credentials. The finding never repeats what it found. */
final class SecretCheck implements TextCheck {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("example|placeholder|your[-_]|xxxx|user(name)?:pass(word)?@|\\.\\.\\.");
  private final List<Shape> shapes =
      PatternList.read("secrets.txt", 2).stream()
          .map(row -> new Shape(Pattern.compile(row.get(0)), row.get(1)))
          .toList();

  private record Shape(Pattern pattern, String what) {}

  @Override
  public void check(ScannedText text, Findings findings) {
    for (Shape shape : shapes) {
      Matcher matcher = shape.pattern().matcher(text.value());
      if (matcher.find()) {
        String found = matcher.group().toLowerCase(Locale.ROOT);
        if (PLACEHOLDER.matcher(found).find()) {
          findings.info(
              PoisonCode.SECRET, text.place(), "looks like an example of " + shape.what());
        } else {
          findings.block(PoisonCode.SECRET, text.place(), "looks like " + shape.what());
        }
      }
    }
  }
}
