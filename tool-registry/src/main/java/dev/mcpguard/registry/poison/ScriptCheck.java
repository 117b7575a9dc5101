package dev.mcpguard.registry.poison;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that mix scripts or are made of look-alikes, and names outside ASCII. */
final class ScriptCheck implements TextCheck {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{2,}");
  private static final Set<UnicodeScript> LOOK_LATIN =
      EnumSet.of(UnicodeScript.CYRILLIC, UnicodeScript.GREEK, UnicodeScript.ARMENIAN,
          UnicodeScript.CHEROKEE, UnicodeScript.COPTIC, UnicodeScript.LISU);

  @Override
  public void check(ScannedText text, Findings findings) {
    Matcher words = WORD.matcher(text.value());
    while (words.find()) {
      if (mixed(words.group())) {
        findings.block(
            PoisonCode.CONFUSABLE_TEXT,
            text.place(),
            "`" + ScannedText.excerpt(words.group(), 0) + "` mixes scripts that look alike");
        return;
      }
    }
    if (text.name() && !ascii(text.value())) {
      findings.warn(
          PoisonCode.CONFUSABLE_TEXT,
          text.place(),
          "the name `" + ScannedText.excerpt(text.value(), 0) + "` is not plain ASCII");
    }
  }

  private static boolean ascii(String value) {
    return value.chars().allMatch(c -> c < 0x80);
  }

  private static boolean mixed(String word) {
    boolean latin = false;
    boolean other = false;
    boolean styled = false;
    for (int code : word.codePoints().toArray()) {
      UnicodeScript script = UnicodeScript.of(code);
      latin |= script == UnicodeScript.LATIN && code < 0x250;
      other |= LOOK_LATIN.contains(script) && Skeleton.lookAlike(code) != null;
      styled |= (code >= 0x1d400 && code <= 0x1d7ff) || (code >= 0xff21 && code <= 0xff5a);
    }
    return (latin && other) || styled;
  }
}
