package dev.mcpguard.rego.test;

import dev.mcpguard.rego.check.CheckedModules;
import dev.mcpguard.rego.check.CheckedRule;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.eval.Tracer;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.syntax.TreeWalker;
import dev.mcpguard.rego.value.Value;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects which lines evaluations reached: a rule's line once it gave a value, a literal's line
 * once it was evaluated. Give it as the tracer of each evaluation. Not thread-safe.
 */
public final class Coverage implements Tracer {
  private final Map<String, SortedSet<Integer>> reached = new TreeMap<>();
  private final Map<String, SortedSet<Integer>> reachable = new TreeMap<>();

  public Coverage(CheckedModules modules) {
    for (RuleGroup group : modules.groups()) {
      group.rules().forEach(this::note);
      note(group.fallback());
    }
  }

  /** Lines of one file. */
  public record FileCoverage(SortedSet<Integer> covered, SortedSet<Integer> missed) {
    public double percent() {
      int all = covered.size() + missed.size();
      return all == 0 ? 100 : 100.0 * covered.size() / all;
    }
  }

  private void note(@Nullable CheckedRule rule) {
    for (CheckedRule at = rule; at != null; at = at.otherwise()) {
      add(reachable, at.location());
      new TreeWalker() {
        @Override
        public void literal(Literal literal) {
          add(reachable, literal.location());
          super.literal(literal);
        }
      }.body(at.body());
    }
  }

  private static void add(Map<String, SortedSet<Integer>> lines, Location at) {
    lines.computeIfAbsent(at.source().name(), ignored -> new TreeSet<>()).add(at.line());
  }

  /** Lines by file. */
  public Map<String, FileCoverage> files() {
    Map<String, FileCoverage> files = new TreeMap<>();
    reachable.forEach((file, lines) -> {
      SortedSet<Integer> covered = new TreeSet<>(reached.getOrDefault(file, new TreeSet<>()));
      covered.retainAll(lines);
      SortedSet<Integer> missed = new TreeSet<>(lines);
      missed.removeAll(covered);
      files.put(file, new FileCoverage(covered, missed));
    });
    return files;
  }

  /** Share of the lines of all files that were reached, in percent. */
  public double percent() {
    int covered = 0;
    int all = 0;
    for (FileCoverage file : files().values()) {
      covered += file.covered().size();
      all += file.covered().size() + file.missed().size();
    }
    return all == 0 ? 100 : 100.0 * covered / all;
  }

  @Override
  public void enterRule(String name, Location location) {}

  @Override
  public void leaveRule(String name, Location location, @Nullable Value value) {
    if (value != null) {
      add(reached, location);
    }
  }

  @Override
  public void tryLiteral(Location location, Map<String, Value> bound) {
    add(reached, location);
  }

  @Override
  public void holdLiteral(Location location, Map<String, Value> bound) {}
}
