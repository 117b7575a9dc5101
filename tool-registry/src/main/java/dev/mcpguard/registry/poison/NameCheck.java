package dev.mcpguard.registry.poison;

import java.util.Collection;
import java.util.regex.Pattern;

/** The tool's own name against the names other servers expose. */
final class NameCheck {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]{1,128}");
  private static final String SEPARATOR = "__";
  private static final String PLACE = "/name";

  private NameCheck() {}

  static void check(String server, String name, Collection<String> others, Findings findings) {
    if (name.contains(SEPARATOR)) {
      findings.warn(
          PoisonCode.CONFUSABLE_NAME,
          PLACE,
          "holds `__`, which parts server and tool in exposed names");
    }
    if (!PLAIN.matcher(name).matches()) {
      findings.warn(PoisonCode.CONFUSABLE_NAME, PLACE, "is not made of letters, digits and `_.-/`");
    }
    NameShape own = NameShape.of(name);
    for (String other : others) {
      int at = other.indexOf(SEPARATOR);
      boolean foreign = at < 0 || !other.substring(0, at).equals(server);
      String tool = at < 0 ? other : other.substring(at + SEPARATOR.length());
      compare(own, tool, other, foreign, findings);
    }
  }

  private static void compare(
      NameShape own, String tool, String exposed, boolean foreign, Findings findings) {
    String words = "may be taken for `" + ScannedText.excerpt(exposed, 0) + "`";
    switch (NameSafety.compare(own, NameShape.of(tool))) {
      case LOOK_ALIKE -> findings.block(PoisonCode.CONFUSABLE_NAME, PLACE, words);
      case COLLISION -> {
        if (foreign) {
          findings.warn(PoisonCode.CONFUSABLE_NAME, PLACE, words);
        } else {
          findings.block(PoisonCode.CONFUSABLE_NAME, PLACE, words);
        }
      }
      case SQUATTING -> {
        if (foreign) {
          findings.warn(PoisonCode.CONFUSABLE_NAME, PLACE, words);
        }
      }
      case NEAR -> {
        if (foreign) {
          findings.info(PoisonCode.CONFUSABLE_NAME, PLACE, words);
        }
      }
      case SAME -> {
        if (foreign) {
          findings.info(
              PoisonCode.CONFUSABLE_NAME, PLACE, "has the same name as `" + exposed + "`");
        }
      }
      case DISTINCT -> {}
    }
  }
}
