package dev.mcpguard.rego.explain;

import dev.mcpguard.rego.eval.Tracer;
import dev.mcpguard.rego.syntax.Location;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records one evaluation as a tree of rules: give it as the tracer, then {@link #render()}. Each
 * rule shows its literals, how often each was tried and held, and the values at the last failure.
 */
public final class Explanation implements Tracer {
  private static final int WIDEST_VALUE = 120;

  private final List<RuleNode> roots = new ArrayList<>();
  private final Deque<RuleNode> open = new ArrayDeque<>();

  /** A rule that was tried. */
  private static final class RuleNode {
    final String name;
    final Location location;
    final Map<Location, Tally> literals = new LinkedHashMap<>();
    final List<RuleNode> inner = new ArrayList<>();
    @Nullable Value value;

    RuleNode(String name, Location location) {
      this.name = name;
      this.location = location;
    }
  }

  private static final class Tally {
    final List<RuleNode> rules = new ArrayList<>();
    int tried;
    int held;
    Map<String, Value> bound = Map.of();
  }

  @Override
  public void enterRule(String name, Location location) {
    RuleNode node = new RuleNode(name, location);
    RuleNode parent = open.peek();
    if (parent == null) {
      roots.add(node);
    } else {
      lastTried(parent, node);
    }
    open.push(node);
  }

  private static void lastTried(RuleNode parent, RuleNode node) {
    Tally last = null;
    for (Tally tally : parent.literals.values()) {
      last = tally.tried > tally.held || last == null ? tally : last;
    }
    (last == null ? parent.inner : last.rules).add(node);
  }

  @Override
  public void leaveRule(String name, Location location, @Nullable Value value) {
    open.pop().value = value;
  }

  @Override
  public void tryLiteral(Location location, Map<String, Value> bound) {
    RuleNode rule = open.peek();
    if (rule != null) {
      Tally tally = rule.literals.computeIfAbsent(location, ignored -> new Tally());
      tally.tried++;
      tally.bound = bound;
    }
  }

  @Override
  public void holdLiteral(Location location, Map<String, Value> bound) {
    RuleNode rule = open.peek();
    if (rule != null) {
      rule.literals.computeIfAbsent(location, ignored -> new Tally()).held++;
    }
  }

  /** Text with one line for each rule and literal, indented by depth. */
  public String render() {
    StringBuilder text = new StringBuilder();
    roots.forEach(root -> render(root, "", text));
    return text.toString();
  }

  private static void render(RuleNode node, String indent, StringBuilder text) {
    Value value = node.value;
    text.append(indent)
        .append(node.name)
        .append(" at ")
        .append(place(node.location))
        .append(value == null ? " gave nothing" : " gave " + shortened(value))
        .append('\n');
    node.inner.forEach(inner -> render(inner, indent + "  ", text));
    node.literals.forEach((location, tally) -> {
      text.append(indent)
          .append(tally.held > 0 ? "  ok   " : "  fail ")
          .append(place(location))
          .append("  ")
          .append(location.source().line(location.line()).strip());
      if (tally.held == 0 && !tally.bound.isEmpty()) {
        List<String> values = new ArrayList<>();
        tally.bound.forEach((name, bound) -> values.add(name + " = " + shortened(bound)));
        text.append("   [").append(String.join(", ", values)).append(']');
      }
      if (tally.tried > 1) {
        text.append("   (held ").append(tally.held).append(" of ").append(tally.tried).append(')');
      }
      text.append('\n');
      tally.rules.forEach(inner -> render(inner, indent + "    ", text));
    });
  }

  private static String place(Location location) {
    return location.source().name() + ":" + location.line();
  }

  private static String shortened(Value value) {
    String text = value.toString();
    return text.length() <= WIDEST_VALUE ? text : text.substring(0, WIDEST_VALUE) + "...";
  }
}
