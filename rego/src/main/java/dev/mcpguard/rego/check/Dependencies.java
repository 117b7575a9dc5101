package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import dev.mcpguard.rego.syntax.Literal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which groups a group reads, and whether one reads itself. */
final class Dependencies {
  private final RuleNode root;
  private final FunctionTable functions;
  private final List<RuleGroup> groups;
  private final List<Set<RuleGroup>> edges = new ArrayList<>();

  Dependencies(RuleNode root, FunctionTable functions, List<RuleGroup> groups) {
    this.root = root;
    this.functions = functions;
    this.groups = groups;
    for (RuleGroup group : groups) {
      edges.add(edgesOf(group));
    }
  }

  private Set<RuleGroup> edgesOf(RuleGroup group) {
    Collector collector = new Collector();
    group.rules().forEach(collector::rule);
    if (group.fallback() != null) {
      collector.rule(group.fallback());
    }
    return collector.found;
  }

  private final class Collector extends TreeWalker {
    final Set<RuleGroup> found = new LinkedHashSet<>();

    void rule(@Nullable CheckedRule rule) {
      for (CheckedRule at = rule; at != null; at = at.otherwise()) {
        terms(at.suffix());
        terms(at.arguments());
        optional(at.member());
        term(at.value());
        body(at.body());
      }
    }

    @Override
    public void literal(Literal literal) {
      literal.with().forEach(with -> term(with.value()));
      statement(literal.statement());
    }

    @Override
    public void variable(Term.Variable variable) {
      if (variable.name().equals("data")) {
        root.forEachGroup(this::add);
      }
    }

    @Override
    public void reference(Term.Reference reference) {
      terms(reference.path());
      if (reference.head() instanceof Term.Variable head && head.name().equals("data")) {
        follow(root, reference.path(), 0);
      } else {
        term(reference.head());
      }
    }

    private void follow(RuleNode node, List<Term> path, int index) {
      if (node.group() != null || index == path.size()) {
        node.forEachGroup(this::add);
        return;
      }
      if (path.get(index) instanceof Term.Constant constant) {
        RuleNode child = node.child(constant.value());
        if (child != null) {
          follow(child, path, index + 1);
        }
      } else {
        node.children().values().forEach(child -> follow(child, path, index + 1));
      }
    }

    private void add(RuleGroup group) {
      if (group.kind() != RuleKind.FUNCTION) {
        found.add(group);
      }
    }

    @Override
    public void call(Term.Call call) {
      RuleGroup group = functions.rule(call.function());
      if (group != null) {
        found.add(group);
      }
      terms(call.arguments());
    }
  }

  /** Groups so that each comes after those it reads; recursion is reported. */
  List<RuleGroup> sorted(Errors errors) {
    Set<RuleGroup> done = new LinkedHashSet<>();
    for (RuleGroup group : groups) {
      visit(group, new ArrayDeque<>(), done, errors);
    }
    return List.copyOf(done);
  }

  private void visit(
      RuleGroup group, Deque<RuleGroup> open, Set<RuleGroup> done, Errors errors) {
    if (done.contains(group)) {
      return;
    }
    if (open.contains(group)) {
      List<String> cycle = new ArrayList<>();
      open.descendingIterator().forEachRemaining(g -> cycle.add(g.name()));
      cycle.subList(0, cycle.indexOf(group.name())).clear();
      cycle.add(group.name());
      errors.recursion(
          group.members().getFirst().rule().location(),
          "rule " + group.name() + " is recursive: " + String.join(" -> ", cycle));
      return;
    }
    open.push(group);
    edges.get(group.id()).forEach(next -> visit(next, open, done, errors));
    open.pop();
    done.add(group);
  }
}
