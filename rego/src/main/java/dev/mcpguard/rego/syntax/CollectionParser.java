package dev.mcpguard.rego.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, sets, objects and the comprehensions that look like them. As OPA does, a comma in front of the
 * first element is passed over.
 */
final class CollectionParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  /** Positions of a {@code |} known not to open a comprehension: keeps a second look linear. */
  private final Set<Integer> notComprehensions = new HashSet<>();

  CollectionParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Term array() {
    Location start = tokens.take().location();
    if (tokens.takeSymbol("]")) {
      return new Term.ArrayTerm(List.of(), start);
    }
    if (tokens.takeSymbol(",")) {
      return new Term.ArrayTerm(items(expressions.item(), "]"), start);
    }
    Term head = expressions.comprehensionHead();
    Term comprehension =
        comprehension("]", body -> new Term.ArrayComprehension(head, body, start));
    if (comprehension != null) {
      return comprehension;
    }
    return new Term.ArrayTerm(items(expressions.continueOr(head), "]"), start);
  }

  Term braces() {
    Location start = tokens.take().location();
    if (tokens.takeSymbol("}")) {
      return new Term.ObjectTerm(List.of(), start);
    }
    if (tokens.takeSymbol(",")) {
      Term first = expressions.item();
      return tokens.takeSymbol(":") ? object(first, start) : new Term.SetTerm(items(first, "}"), start);
    }
    Term head = expressions.comprehensionHead();
    if (tokens.takeSymbol(":")) {
      return object(head, start);
    }
    Term comprehension = comprehension("}", body -> new Term.SetComprehension(head, body, start));
    if (comprehension != null) {
      return comprehension;
    }
    Term first = expressions.continueOr(head);
    if (tokens.takeSymbol(":")) {
      return object(first, start);
    }
    return new Term.SetTerm(items(first, "}"), start);
  }

  private List<Term> items(Term first, String close) {
    List<Term> items = new ArrayList<>();
    items.add(first);
    while (!tokens.takeSymbol(close)) {
      if (!tokens.takeSymbol(",")) {
        throw tokens.unexpected("expected `,` or `" + close + "`");
      }
      if (!tokens.atSymbol(close)) {
        items.add(expressions.item());
      }
    }
    return items;
  }

  private Term object(Term firstKey, Location start) {
    Term head = expressions.comprehensionHead();
    Term comprehension =
        comprehension("}", body -> new Term.ObjectComprehension(firstKey, head, body, start));
    if (comprehension != null) {
      return comprehension;
    }
    List<Term.Entry> entries = new ArrayList<>();
    entries.add(new Term.Entry(firstKey, expressions.continueOr(head)));
    while (!tokens.takeSymbol("}")) {
      if (!tokens.takeSymbol(",")) {
        throw tokens.unexpected("expected `,` or `}` in the object");
      }
      if (!tokens.atSymbol("}")) {
        Term key = expressions.item();
        tokens.expectSymbol(":", "after the key");
        entries.add(new Term.Entry(key, expressions.item()));
      }
    }
    return new Term.ObjectTerm(entries, start);
  }

  private @Nullable Term comprehension(String close, Function<Body, Term> make) {
    int bar = tokens.position();
    if (!tokens.atSymbol("|") || notComprehensions.contains(bar)) {
      return null;
    }
    tokens.take();
    try {
      Body body = new BodyParser(tokens, expressions).comprehension(close);
      return make.apply(body);
    } catch (ParseFailure failure) {
      notComprehensions.add(bar);
      return retryAsList(failure, bar);
    }
  }

  /** Only a comma after a complete literal makes {@code [a | b, c]} a list. */
  private @Nullable Term retryAsList(ParseFailure failure, int bar) {
    if (!failure.listLike()) {
      throw failure;
    }
    tokens.reset(bar);
    return null;
  }
}
