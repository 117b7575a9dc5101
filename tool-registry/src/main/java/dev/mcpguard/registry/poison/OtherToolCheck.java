package dev.mcpguard.registry.poison;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that names a tool of another server, which a tool has no business to know. */
final class OtherToolCheck implements TextCheck {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{3,127}");
  private static final Pattern DISTINCT = Pattern.compile("[a-z0-9].*[_.A-Z-].*");
  private static final String SEPARATOR = "__";
  private final Set<String> exposed = new HashSet<>();
  private final Map<String, String> bare = new HashMap<>();

  OtherToolCheck(String server, Collection<String> exposedNames) {
    Set<String> own = new HashSet<>();
    for (String name : exposedNames) {
      int at = name.indexOf(SEPARATOR);
      String owner = at < 0 ? "" : name.substring(0, at);
      String tool = at < 0 ? name : name.substring(at + SEPARATOR.length());
      if (owner.equals(server)) {
        own.add(tool);
      } else {
        exposed.add(name);
        bare.put(tool, name);
      }
    }
    bare.keySet().removeAll(own);
  }

  @Override
  public void check(ScannedText text, Findings findings) {
    if (exposed.isEmpty() || text.name()) {
      return;
    }
    Matcher words = IDENTIFIER.matcher(text.value());
    Set<String> seen = new HashSet<>();
    while (words.find()) {
      String word = words.group().replaceAll("[.-]+$", "");
      if (seen.add(word)) {
        word(word, text, findings);
      }
    }
  }

  private void word(String word, ScannedText text, Findings findings) {
    if (word.contains(SEPARATOR) && exposed.contains(word)) {
      findings.block(
          PoisonCode.OTHER_TOOL, text.place(), "names the tool `" + word + "` of another server");
    } else if (bare.containsKey(word) && DISTINCT.matcher(word).matches()) {
      findings.warn(
          PoisonCode.OTHER_TOOL,
          text.place(),
          "names `" + word + "`, which is `" + bare.get(word) + "`");
    }
  }
}
