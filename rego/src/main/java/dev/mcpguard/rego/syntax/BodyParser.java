package dev.mcpguard.rego.syntax;

import java.util.ArrayList;
import java.util.List;

/** Bodies and their literals. */
final class BodyParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  BodyParser(Tokens tokens) {
    this(tokens, new ExpressionParser(tokens));
  }

  BodyParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** A query: literals up to the end of the text. */
  Body query() {
    List<Literal> literals = new ArrayList<>();
    while (!tokens.atEnd()) {
      literals.add(literal());
      if (!tokens.takeSymbol(";") && !tokens.atEnd() && !tokens.onNewLine()) {
        throw tokens.unexpected("expected `;` or a new line after the expression");
      }
    }
    return new Body(literals);
  }

  /** {@code { literal; literal }}. */
  Body braced() {
    Location open = tokens.expectSymbol("{", "to open the body").location();
    if (tokens.atSymbol("}")) {
      throw new ParseFailure(open, "body is empty");
    }
    return literals("}");
  }

  Body comprehension(String close) {
    if (tokens.atSymbol(close)) {
      throw tokens.unexpected("expected a comprehension body");
    }
    return literals(close);
  }

  private Body literals(String close) {
    List<Literal> literals = new ArrayList<>();
    tokens.enter();
    while (!tokens.takeSymbol(close)) {
      literals.add(literal());
      boolean separated = tokens.takeSymbol(";");
      if (separated && tokens.atSymbol(close)) {
        throw tokens.unexpected("expected an expression after `;`");
      }
      if (!separated && !tokens.atSymbol(close) && !tokens.onNewLine()) {
        throw tokens
            .unexpected("expected `;`, a new line or `" + close + "` after the expression")
            .afterLiteral(literals.size() == 1 && tokens.atSymbol(","));
      }
    }
    tokens.leave();
    return new Body(literals);
  }

  Literal literal() {
    Location start = tokens.location();
    if (tokens.atName("some")) {
      return withModifiers(some(), false, start);
    }
    boolean negated = tokens.takeName("not");
    if (tokens.atName("some")) {
      throw tokens.unexpected("`some` cannot follow `not`");
    }
    if (negated && tokens.atName("every")) {
      throw tokens.unexpected("`every` cannot follow `not`; negate what its body says");
    }
    Statement statement = tokens.atName("every") ? every() : statement();
    return withModifiers(statement, negated, start);
  }

  /** Reads one expression and its modifiers as {@code value = expression}. */
  Literal bindTo(Term.Variable value) {
    Location start = tokens.location();
    Statement statement = new Statement.Unification(value, expressions.expression());
    return withModifiers(statement, false, start);
  }

  private Literal withModifiers(Statement statement, boolean negated, Location start) {
    List<Literal.With> modifiers = new ArrayList<>();
    while (tokens.atName("with")) {
      Location at = tokens.take().location();
      Term target = expressions.terms().term();
      if (!(target instanceof Term.Variable) && !(target instanceof Term.Reference)) {
        throw new ParseFailure(target.location(), "`with` target must be a reference");
      }
      if (!tokens.takeName("as")) {
        throw tokens.unexpected("expected `as` after the `with` target");
      }
      modifiers.add(new Literal.With(target, expressions.item(), at));
    }
    return new Literal(statement, negated, modifiers, start);
  }

  private Statement statement() {
    Term left = expressions.expression();
    if (tokens.takeSymbol(":=")) {
      return new Statement.Assignment(left, expressions.expression());
    }
    if (tokens.takeSymbol("=")) {
      return new Statement.Unification(left, expressions.expression());
    }
    return new Statement.Expression(left);
  }

  private Statement some() {
    tokens.take();
    Location start = tokens.location();
    List<Term> terms = new ArrayList<>();
    do {
      terms.add(expressions.terms().term());
    } while (tokens.takeSymbol(","));
    if (tokens.takeName("in")) {
      if (terms.size() > 2) {
        throw new ParseFailure(start, "`some ... in` takes one or two variables");
      }
      Term collection = expressions.item();
      return terms.size() == 1
          ? new Statement.SomeIn(null, terms.get(0), collection)
          : new Statement.SomeIn(terms.get(0), terms.get(1), collection);
    }
    return new Statement.SomeDeclaration(declared(terms));
  }

  private static List<Term.Variable> declared(List<Term> terms) {
    List<Term.Variable> variables = new ArrayList<>();
    for (Term term : terms) {
      if (!(term instanceof Term.Variable variable)) {
        throw new ParseFailure(term.location(), "`some` takes variables");
      }
      variables.add(variable);
    }
    return variables;
  }

  private Statement every() {
    tokens.take();
    Term first = expressions.terms().term();
    Term second = tokens.takeSymbol(",") ? expressions.terms().term() : null;
    if (!tokens.takeName("in")) {
      throw tokens.unexpected("expected `in` after the variables of `every`");
    }
    Term domain = expressions.item();
    Body body = braced();
    return second == null
        ? new Statement.Every(null, first, domain, body)
        : new Statement.Every(first, second, domain, body);
  }
}
