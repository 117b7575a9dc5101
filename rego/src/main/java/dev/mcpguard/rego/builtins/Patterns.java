package dev.mcpguard.rego.builtins;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Compiled RE2 patterns; matching takes time linear in text and program. */
final class Patterns {
  private static final int MAX_LENGTH = 20_000;
  private static final int MAX_CACHED = 2_000;
  private static final int MAX_PROGRAM = 200_000;
  private static final int WORK_PER_STEP = 256;
  private static final BoundedCache<String, Pattern> CACHE = new BoundedCache<>();

  private Patterns() {}

  static Pattern compile(BuiltinContext context, String expression) {
    context.charge(1);
    if (expression.length() <= MAX_CACHED) {
      return CACHE.get(expression, Patterns::compile);
    }
    context.charge(expression.length());
    return compile(expression);
  }

  private static Pattern compile(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw BuiltinError.of(
          "pattern of " + expression.length() + " characters is longer than " + MAX_LENGTH);
    }
    try {
      RepeatGuard.check(expression);
      Pattern pattern = Pattern.compile(expression);
      if (pattern.programSize() > MAX_PROGRAM) {
        throw BuiltinError.of("pattern is too large");
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw BuiltinError.of("error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
    } catch (StackOverflowError e) {
      throw BuiltinError.of("error parsing regexp: expression nests too deeply");
    }
  }

  /** Charges for one pass of a pattern over a text. */
  static void charge(BuiltinContext context, Pattern pattern, String text) {
    context.charge(1 + (long) text.length() * pattern.programSize() / WORK_PER_STEP);
  }
}
