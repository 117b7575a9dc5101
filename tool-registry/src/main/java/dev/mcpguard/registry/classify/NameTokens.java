package dev.mcpguard.registry.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a name into lower-case words: camel, Pascal, snake, kebab and dotted names alike. */
final class NameTokens {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/ -]+");
  private static final Pattern ACRONYM_PLURAL = Pattern.compile("([A-Z]{2,})s(?![a-z])");
  private static final Pattern WORD =
      Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+");
  private static final Set<String> PREFIXES = Set.of("re", "un", "de", "dis", "pre", "o");
  // phrasal verbs mean something else than their first word: `check_out`, `log_in`
  private static final Set<String> STEMS =
      Set.of("check", "log", "sign", "opt", "roll", "tear", "shut", "set", "look", "clock", "back",
          "turn", "clean", "spin", "scale", "print", "fill", "carry", "scan", "read", "view");
  private static final Set<String> PARTICLES =
      Set.of("out", "off", "up", "down", "back", "over", "away");
  private static final Set<String> STEMS_WITH_IN = Set.of("check", "log", "sign", "opt", "clock");
  private static final int LONGEST_NAME = 256;

  private NameTokens() {}

  /** Whether the name holds nothing but what names are made of; anything else may be a disguise. */
  static boolean plain(String name) {
    return name.length() <= LONGEST_NAME && PLAIN.matcher(name).matches();
  }

  static List<String> of(String name) {
    String bounded = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    Matcher words = WORD.matcher(ACRONYM_PLURAL.matcher(bounded).replaceAll("$1S"));
    List<String> tokens = new ArrayList<>();
    while (words.find()) {
      String word = words.group().toLowerCase(Locale.ROOT);
      int last = tokens.size() - 1;
      if (last >= 0 && joins(tokens.get(last), word)) {
        tokens.set(last, tokens.get(last) + word); // ReEncrypt, un_pause, OAuth
      } else {
        tokens.add(word);
      }
    }
    return List.copyOf(tokens);
  }

  private static boolean joins(String before, String word) {
    return PREFIXES.contains(before)
        || (STEMS.contains(before) && PARTICLES.contains(word))
        || (STEMS_WITH_IN.contains(before) && word.equals("in"));
  }

  /** The singular of an English plural, or the word itself. */
  static String singular(String word) {
    if (word.length() < 4 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) {
      return word;
    }
    if (word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches")
        || word.endsWith("shes")) {
      return word.substring(0, word.length() - 2);
    }
    return word.substring(0, word.length() - 1);
  }

  static boolean plural(String word) {
    return !singular(word).equals(word);
  }
}
