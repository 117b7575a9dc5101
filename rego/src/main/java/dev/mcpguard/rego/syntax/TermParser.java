package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import java.util.ArrayList;
import java.util.List;

/** Single terms: scalars, names, references, calls; collections go to {@link CollectionParser}. */
final class TermParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final CollectionParser collections;

  TermParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.collections = new CollectionParser(tokens, expressions);
  }

  Term term() {
    tokens.enter();
    Term term = primary();
    tokens.leave();
    return term;
  }

  private Term primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> number("");
      case STRING -> constant(StringValue.name(tokens.take().text()), token);
      case TEMPLATE -> template();
      case NAME -> named();
      case SYMBOL -> symbol(token);
      case END -> throw tokens.unexpected("expected a term");
    };
  }

  private Term symbol(Token token) {
    return switch (token.text()) {
      case "[" -> trailing(collections.array());
      case "{" -> trailing(collections.braces());
      case "(" -> parenthesized();
      case "-" -> negative();
      default -> throw tokens.unexpected("expected a term");
    };
  }

  private Term parenthesized() {
    tokens.take();
    Term inner = expressions.expression();
    tokens.expectSymbol(")", "to close the parenthesis");
    // As in OPA a call or a collection may be indexed, a reference or a scalar may not.
    return inner instanceof Term.Reference || inner instanceof Term.Constant ? inner : trailing(inner);
  }

  private Term negative() {
    tokens.take();
    if (tokens.peek().kind() != TokenKind.NUMBER) {
      throw tokens.unexpected("expected a number after `-`");
    }
    return number("-");
  }

  private Term number(String sign) {
    Token token = tokens.take();
    try {
      return constant(NumberValue.parse(sign + token.text()), token);
    } catch (IllegalArgumentException outOfRange) {
      throw new ParseFailure(token.location(), "illegal number: `" + token.text() + "`");
    }
  }

  private static Term constant(dev.mcpguard.rego.value.Value value, Token token) {
    return new Term.Constant(value, token.location());
  }

  private Term named() {
    Token token = tokens.peek();
    if (!tokens.atKeyword() && !token.text().equals("set")) {
      return trailing(variable());
    }
    switch (token.text()) {
      case "true" -> {
        return constant(BooleanValue.TRUE, tokens.take());
      }
      case "false" -> {
        return constant(BooleanValue.FALSE, tokens.take());
      }
      case "null" -> {
        return constant(NullValue.NULL, tokens.take());
      }
      case "data", "input" -> {
        return trailing(variable());
      }
      case "set" -> {
        if (tokens.peekSecond().isSymbol("(")) {
          return emptySet(token);
        }
        return trailing(variable());
      }
      case "contains" -> {
        if (tokens.peekSecond().isSymbol("(")) {
          return trailing(new Term.Variable(tokens.take().text(), token.location()));
        }
        throw tokens.unexpected("expected a term");
      }
      default -> {
        throw tokens.unexpected("expected a term");
      }
    }
  }

  private Term emptySet(Token token) {
    int start = tokens.position();
    tokens.take();
    tokens.take();
    if (!tokens.takeSymbol(")")) {
      tokens.reset(start);
      throw new ParseFailure(token.location(), "`set()` takes no elements: write `{a, b}`");
    }
    return trailing(new Term.SetTerm(List.of(), token.location()));
  }

  Term.Variable variable() {
    Token token = tokens.take();
    String name = token.text().equals("_") ? tokens.wildcard() : token.text();
    return new Term.Variable(name, token.location());
  }

  /** What may follow a term without a blank: {@code .name}, {@code [term]}, {@code (arguments)}. */
  Term trailing(Term head) {
    Term current = head;
    List<Term> path = new ArrayList<>();
    while (tokens.adjacent()) {
      if (tokens.atSymbol(".")) {
        tokens.take();
        path.add(dotted());
      } else if (tokens.atSymbol("[")) {
        path.add(bracketed());
      } else if (tokens.atSymbol("(") && callable(current, path)) {
        current = call(reference(current, path));
        path = new ArrayList<>();
      } else {
        break;
      }
    }
    return reference(current, path);
  }

  private static Term reference(Term head, List<Term> path) {
    return path.isEmpty() ? head : new Term.Reference(head, path, head.location());
  }

  private static boolean callable(Term head, List<Term> path) {
    return head instanceof Term.Variable
        && path.stream()
            .allMatch(x -> x instanceof Term.Constant c && c.value() instanceof StringValue);
  }

  Term dotted() {
    Token name = tokens.peek();
    if (name.kind() != TokenKind.NAME || name.text().equals("_")) {
      throw tokens.unexpected("expected a name after `.`");
    }
    return constant(StringValue.name(tokens.take().text()), name);
  }

  Term bracketed() {
    tokens.take();
    Term index = expressions.item();
    tokens.expectSymbol("]", "to close the reference");
    return index;
  }

  private Term call(Term function) {
    Location location = function.location();
    return new Term.Call(dottedName(function), arguments(), location);
  }

  static String dottedName(Term function) {
    if (function instanceof Term.Variable name) {
      return name.name();
    }
    Term.Reference reference = (Term.Reference) function;
    StringBuilder text = new StringBuilder(((Term.Variable) reference.head()).name());
    for (Term part : reference.path()) {
      text.append('.').append(((StringValue) ((Term.Constant) part).value()).text());
    }
    return text.toString();
  }

  List<Term> arguments() {
    tokens.expectSymbol("(", "to open the arguments");
    List<Term> arguments = new ArrayList<>();
    while (!tokens.takeSymbol(")")) {
      arguments.add(expressions.item());
      if (!tokens.takeSymbol(",") && !tokens.atSymbol(")")) {
        throw tokens.unexpected("expected `,` or `)` in the arguments");
      }
    }
    return arguments;
  }

  private Term template() {
    Token token = tokens.take();
    List<Term> parts = new ArrayList<>();
    for (Token.TemplatePiece piece : token.parts()) {
      parts.add(
          switch (piece) {
            case Token.Text text -> constant(StringValue.of(text.text()), token);
            case Token.Embedded inner -> embedded(inner);
          });
    }
    return new Term.Template(parts, token.location());
  }

  /** An embedded expression is the set of its values: empty when undefined. */
  private Term embedded(Token.Embedded piece) {
    if (piece.tokens().size() == 1) {
      throw new ParseFailure(piece.location(), "template expression is empty");
    }
    Tokens inner = tokens.embedded(piece.tokens());
    BodyParser bodies = new BodyParser(inner);
    Term.Variable value = new Term.Variable(tokens.wildcard(), piece.location());
    Literal literal = bodies.bindTo(value);
    if (!inner.atEnd()) {
      throw inner.unexpected("expected `}` to close the template expression");
    }
    return new Term.SetComprehension(value, new Body(List.of(literal)), piece.location());
  }
}
