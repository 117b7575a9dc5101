package dev.mcpguard.registry.poison;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text aimed at the model instead of describing the tool. */
final class InstructionCheck implements TextCheck {
  private static final Pattern GAP = Pattern.compile("[\\s\\u00a0]+");
  private final List<Rule> rules =
      PatternList.read("instructions.txt", 5).stream().map(InstructionCheck::rule).toList();

  private record Rule(
      PoisonFinding.Severity severity,
      PoisonCode code,
      List<String> needs,
      Pattern pattern,
      String saying) {

    // a search for a literal costs a fraction of the expression
    boolean worthwhile(String prose) {
      return needs.stream().anyMatch(prose::contains);
    }
  }

  private static Rule rule(List<String> row) {
    return new Rule(
        PoisonFinding.Severity.valueOf(row.get(0).toUpperCase(Locale.ROOT)),
        PoisonCode.valueOf(row.get(1).toUpperCase(Locale.ROOT).replace('-', '_')),
        List.of(row.get(2).split(" ")).stream().map(word -> word.replace('_', ' ')).toList(),
        Pattern.compile(row.get(3)),
        row.get(4));
  }

  @Override
  public void check(ScannedText text, Findings findings) {
    String folded = GAP.matcher(Skeleton.letters(text.value())).replaceAll(" ");
    // names say it with separators: `ignore_previous_instructions`
    String spoken = text.name() ? folded.replace('_', ' ').replace('-', ' ') : folded;
    String prose = spoken.replace('\u2019', '\'');
    for (Rule rule : rules) {
      Matcher matcher = rule.pattern().matcher(prose);
      if (rule.worthwhile(prose) && matcher.find()) {
        String excerpt = ScannedText.excerpt(matcher.group(), 0);
        findings.add(
            new PoisonFinding(
                rule.code(), text.place(), rule.severity(), "`" + excerpt + "` " + rule.saying()));
      }
    }
  }
}
