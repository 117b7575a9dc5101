package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.StringValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules: head, value, body and else branches. */
final class RuleParser {
  private static final int LONGEST_ELSE = 500;
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final BodyParser bodies;

  RuleParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.bodies = new BodyParser(tokens, expressions);
  }

  private record Head(
      List<Term> path, @Nullable List<Term> arguments, @Nullable Term member, Location location) {}

  Rule rule() {
    Location start = tokens.location();
    if (tokens.atName("default") && tokens.peekSecond().kind() == TokenKind.NAME) {
      tokens.take();
      return defaultRule(start);
    }
    Head head = head();
    Term value = value();
    boolean conditional = tokens.takeName("if");
    if (!conditional && tokens.atSymbol("{")) {
      throw tokens.unexpected("`if` keyword is required before rule body");
    }
    if (!conditional && value == null && head.member() == null) {
      throw new ParseFailure(
          start, "rule `" + nameOf(head) + "` must have a value (`:=`) or a body (`if`)");
    }
    if (value != null && head.member() != null) {
      throw new ParseFailure(start, "the `contains` keyword can not be used with a value");
    }
    Body body = conditional ? body() : Body.EMPTY;
    return build(head, value, body, conditional && head.member() == null ? otherwise(head) : null);
  }

  private static Rule build(Head head, @Nullable Term value, Body body, @Nullable Rule next) {
    Term actual = value == null ? new Term.Constant(BooleanValue.TRUE, head.location()) : value;
    return new Rule(
        false, head.path(), head.arguments(), head.member(), actual, body, next, head.location());
  }

  private static String nameOf(Head head) {
    Term first = head.path().getFirst();
    return first instanceof Term.Constant c && c.value() instanceof StringValue s
        ? s.text()
        : "?";
  }

  private Rule defaultRule(Location start) {
    Head head = head();
    Term value = value();
    if (value == null || head.member() != null) {
      throw new ParseFailure(start, "default rule must have a value");
    }
    Set<String> names = new HashSet<>();
    for (Term argument : head.arguments() == null ? List.<Term>of() : head.arguments()) {
      if (!(argument instanceof Term.Variable variable) || !names.add(variable.name())) {
        throw new ParseFailure(argument.location(), "arguments of a default function are different variables");
      }
    }
    return new Rule(
        true, head.path(), head.arguments(), null, value, Body.EMPTY, null, head.location());
  }

  private Head head() {
    Token name = tokens.peek();
    if (name.kind() != TokenKind.NAME
        || tokens.atKeyword()) {
      throw tokens.unexpected("expected a rule head");
    }
    if (name.text().equals("data") || name.text().equals("input")) {
      throw tokens.unexpected("rules must not redefine a document");
    }
    tokens.take();
    List<Term> path = new ArrayList<>();
    path.add(new Term.Constant(StringValue.of(name.text()), name.location()));
    while (tokens.adjacent() && (tokens.atSymbol(".") || tokens.atSymbol("["))) {
      if (tokens.atSymbol(".")) {
        tokens.take();
        path.add(expressions.terms().dotted());
      } else {
        path.add(expressions.terms().bracketed());
      }
    }
    List<Term> arguments = null;
    if (tokens.atSymbol("(")) {
      arguments = expressions.terms().arguments();
      if (arguments.isEmpty()) {
        throw new ParseFailure(name.location(), "functions must have at least one argument");
      }
    }
    Term member = null;
    if (arguments == null && tokens.takeName("contains")) {
      member = expressions.item();
    }
    return new Head(path, arguments, member, name.location());
  }

  private @Nullable Term value() {
    if (tokens.takeSymbol(":=") || tokens.takeSymbol("=")) {
      return expressions.expression();
    }
    return null;
  }

  private Body body() {
    if (!tokens.atSymbol("{")) {
      return new Body(List.of(bodies.literal()));
    }
    int start = tokens.position();
    try {
      Body body = bodies.braced();
      if (tokens.onNewLine() || tokens.atEnd() || tokens.atName("else")) {
        return body;
      }
      tokens.reset(start);
    } catch (ParseFailure failure) {
      return bracedTerm(failure, start);
    }
    return new Body(List.of(bodies.literal()));
  }

  /** {@code if {1, 2} == x} starts with a brace but is no braced body. */
  private Body bracedTerm(ParseFailure failure, int start) {
    tokens.reset(start);
    try {
      return new Body(List.of(bodies.literal()));
    } catch (ParseFailure second) {
      throw failure;
    }
  }

  private @Nullable Rule otherwise(Head head) {
    List<Rule> branches = new ArrayList<>();
    while (tokens.atName("else")) {
      Location start = tokens.take().location();
      Term value = value();
      boolean conditional = tokens.takeName("if");
      if (!conditional && tokens.atSymbol("{")) {
        throw tokens.unexpected("`if` keyword is required before the else body");
      }
      if (!conditional && value == null) {
        throw new ParseFailure(start, "`else` must have a value or a body");
      }
      Head here = new Head(head.path(), head.arguments(), null, start);
      branches.add(build(here, value, conditional ? body() : Body.EMPTY, null));
      if (branches.size() > LONGEST_ELSE) {
        throw new ParseFailure(start, "more than " + LONGEST_ELSE + " else branches");
      }
      if (!conditional) {
        break;
      }
    }
    Rule chain = null;
    for (Rule branch : branches.reversed()) {
      chain = branch.withOtherwise(chain);
    }
    return chain;
  }
}
