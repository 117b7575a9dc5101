package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Module;
import dev.mcpguard.rego.syntax.Rule;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts rules into groups by the constant front of their paths and refuses those that clash. */
final class RuleTreeBuilder {

  /** A node while rules are still being placed. */
  private static final class Draft {
    final Map<Value, Draft> children = new LinkedHashMap<>();
    final List<RuleGroup.Member> members = new ArrayList<>();
    boolean dynamic;
  }

  private final Errors errors;
  private final List<RuleGroup> groups = new ArrayList<>();

  RuleTreeBuilder(Errors errors) {
    this.errors = errors;
  }

  List<RuleGroup> groups() {
    return groups;
  }

  RuleNode build(List<Module> modules) {
    Draft root = new Draft();
    for (Module module : modules) {
      packageOf(root, module);
      for (Rule rule : module.rules()) {
        place(root, module, rule);
      }
    }
    return node(root, new ArrayList<>());
  }

  private static Draft packageOf(Draft root, Module module) {
    Draft at = root;
    for (String part : module.packagePath()) {
      at = at.children.computeIfAbsent(StringValue.of(part), ignored -> new Draft());
    }
    return at;
  }

  private static void place(Draft root, Module module, Rule rule) {
    Draft at = packageOf(root, module);
    List<Term> path = rule.path();
    int ground = 0;
    while (ground < path.size() && path.get(ground) instanceof Term.Constant constant) {
      at = at.children.computeIfAbsent(constant.value(), ignored -> new Draft());
      ground++;
    }
    List<Term> suffix = path.subList(ground, path.size());
    at.dynamic |= !suffix.isEmpty();
    at.members.add(new RuleGroup.Member(module, rule, suffix));
  }

  private RuleNode node(Draft draft, List<Value> path) {
    RuleNode node = new RuleNode();
    if (draft.dynamic) {
      List<RuleGroup.Member> all = new ArrayList<>();
      gather(draft, List.of(), all);
      node.group(group(path, all, RuleKind.OBJECT));
      return node;
    }
    if (!draft.members.isEmpty()) {
      node.group(group(path, draft.members, kind(draft.members.getFirst().rule())));
      if (!draft.children.isEmpty()) {
        errors.type(
            draft.members.getFirst().rule().location(),
            "rule " + RuleGroup.dotted(path) + " conflicts with rules below its path");
      }
    }
    draft.children.forEach((key, child) -> {
      path.add(key);
      node.childOrNew(key);
      node.children().put(key, node(child, path));
      path.removeLast();
    });
    return node;
  }

  private static void gather(Draft draft, List<Term> front, List<RuleGroup.Member> all) {
    for (RuleGroup.Member member : draft.members) {
      List<Term> suffix = new ArrayList<>(front);
      suffix.addAll(member.suffix());
      all.add(new RuleGroup.Member(member.module(), member.rule(), suffix));
    }
    draft.children.forEach((key, child) -> {
      List<RuleGroup.Member> below = new ArrayList<>();
      gather(child, List.of(), below);
      for (RuleGroup.Member member : below) {
        List<Term> deeper = new ArrayList<>(front);
        deeper.add(new Term.Constant(key, member.rule().location()));
        deeper.addAll(member.suffix());
        all.add(new RuleGroup.Member(member.module(), member.rule(), deeper));
      }
    });
  }

  private static RuleKind kind(Rule rule) {
    if (rule.isFunction()) {
      return RuleKind.FUNCTION;
    }
    return rule.member() != null ? RuleKind.SET : RuleKind.COMPLETE;
  }

  private RuleGroup group(List<Value> path, List<RuleGroup.Member> members, RuleKind kind) {
    RuleGroup group = new RuleGroup(groups.size(), path, kind);
    groups.add(group);
    Rule first = members.getFirst().rule();
    group.arity(first.arguments() == null ? 0 : first.arguments().size());
    int defaults = 0;
    for (RuleGroup.Member member : members) {
      checkMember(group, member);
      group.members().add(member);
      defaults += member.rule().isDefault() ? 1 : 0;
    }
    if (defaults > 1) {
      errors.type(first.location(), "multiple default rules " + group.name() + " found");
    }
    return group;
  }

  private void checkMember(RuleGroup group, RuleGroup.Member member) {
    Rule rule = member.rule();
    boolean clash =
        group.kind() == RuleKind.OBJECT
            ? rule.isFunction() || member.suffix().isEmpty()
            : kind(rule) != group.kind();
    int arity = rule.arguments() == null ? 0 : rule.arguments().size();
    if (clash || group.kind() == RuleKind.FUNCTION && arity != group.arity()) {
      errors.type(rule.location(), "conflicting rules " + group.name() + " found");
    }
    if (rule.isDefault() && group.kind() == RuleKind.OBJECT) {
      errors.type(rule.location(), "default rule " + group.name() + " conflicts with its keys");
    }
  }
}
