package dev.mcpguard.rego.syntax;

import java.util.List;
import java.util.Map;

/** Terms joined by operators; {@code in} binds loosest, then relations, then or, and, + -, * / %. */
final class ExpressionParser {
  private static final List<Map<String, String>> LEVELS =
      List.of(
          Map.of("==", "equal", "!=", "neq", "<", "lt", "<=", "lte", ">", "gt", ">=", "gte"),
          Map.of("|", "or"),
          Map.of("&", "and"),
          Map.of("+", "plus", "-", "minus"),
          Map.of("*", "mul", "/", "div", "%", "rem"));
  private static final int OR_LEVEL = 1;

  private final Tokens tokens;
  private final TermParser terms;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
    this.terms = new TermParser(tokens, this);
  }

  TermParser terms() {
    return terms;
  }

  /** A term of a statement, where {@code k, v in x} is allowed. */
  Term expression() {
    Term first = operators(0, true);
    if (tokens.takeSymbol(",")) {
      return membership(memberPair(first));
    }
    return membership(first);
  }

  /** An item of a list, where a comma ends the term. */
  Term item() {
    return membership(operators(0, true));
  }

  /** The head of a possible comprehension: like an item, but a bare {@code |} ends it. */
  Term comprehensionHead() {
    return membership(operators(0, false));
  }

  /** Goes on after a head that turned out not to belong to a comprehension. */
  Term continueOr(Term head) {
    Term left = head;
    while (tokens.atSymbol("|")) {
      Location at = tokens.take().location();
      left = new Term.Call("or", List.of(left, operators(OR_LEVEL + 1, true)), at);
    }
    Map<String, String> relations = LEVELS.get(0);
    while (isOperator(relations)) {
      Token operator = tokens.take();
      left =
          new Term.Call(
              relations.getOrDefault(operator.text(), operator.text()),
              List.of(left, operators(OR_LEVEL, true)),
              operator.location());
    }
    return membership(left);
  }

  private Term memberPair(Term first) {
    Term second = operators(0, true);
    if (!tokens.atName("in")) {
      throw tokens.unexpected("expected `in` after the pair").afterLiteral(true);
    }
    Location at = tokens.take().location();
    return new Term.Call(
        "internal.member_3", List.of(first, second, operators(0, true)), at);
  }

  private Term membership(Term first) {
    Term left = first;
    while (tokens.atName("in")) {
      Location at = tokens.take().location();
      left = new Term.Call("internal.member_2", List.of(left, operators(0, true)), at);
    }
    return left;
  }

  private boolean isOperator(Map<String, String> level) {
    Token token = tokens.peek();
    return token.kind() == TokenKind.SYMBOL && level.containsKey(token.text());
  }

  private Term operators(int level, boolean withOr) {
    if (level == LEVELS.size()) {
      return terms.term();
    }
    if (level == OR_LEVEL && !withOr) {
      return operators(level + 1, false);
    }
    Map<String, String> names = LEVELS.get(level);
    Term left = operators(level + 1, withOr);
    while (isOperator(names)) {
      Token operator = tokens.take();
      Term right = operators(level + 1, withOr);
      left =
          new Term.Call(
              names.getOrDefault(operator.text(), operator.text()),
              List.of(left, right),
              operator.location());
    }
    return left;
  }
}
