package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Module;
import dev.mcpguard.rego.syntax.Rule;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rules that make the document at one path. Filled while modules are checked and never changed
 * afterwards.
 */
public final class RuleGroup {

  /** A rule of the group as written. */
  record Member(Module module, Rule rule, List<Term> suffix) {}

  private final int id;
  private final List<Value> path;
  private final RuleKind kind;
  private final List<Member> members = new ArrayList<>();
  private final List<CheckedRule> rules = new ArrayList<>();
  private @Nullable CheckedRule fallback;
  private int arity;

  RuleGroup(int id, List<Value> path, RuleKind kind) {
    this.id = id;
    this.path = List.copyOf(path);
    this.kind = kind;
  }

  /** Dense number of the group within its set of modules. */
  public int id() {
    return id;
  }

  /** The path below {@code data}. */
  public List<Value> path() {
    return path;
  }

  public RuleKind kind() {
    return kind;
  }

  public int arity() {
    return arity;
  }

  /** The rules in the order of their sources, without the default. */
  public List<CheckedRule> rules() {
    return rules;
  }

  public @Nullable CheckedRule fallback() {
    return fallback;
  }

  List<Member> members() {
    return members;
  }

  void arity(int number) {
    arity = number;
  }

  void add(CheckedRule rule) {
    rules.add(rule);
  }

  void fallback(CheckedRule rule) {
    fallback = rule;
  }

  /** The dotted name, with {@code data}. */
  public String name() {
    return dotted(path);
  }

  static String dotted(List<Value> path) {
    StringBuilder name = new StringBuilder("data");
    for (Value part : path) {
      if (part instanceof StringValue text && text.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        name.append('.').append(text.text());
      } else {
        name.append('[').append(part).append(']');
      }
    }
    return name.toString();
  }

  @Override
  public String toString() {
    return name();
  }
}
