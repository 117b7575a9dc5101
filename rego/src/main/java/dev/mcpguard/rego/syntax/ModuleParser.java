package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses modules and queries. Stateless and safe for use by any number of threads. */
public final class ModuleParser {
  private static final Set<String> FUTURE = Set.of("in", "every", "contains", "if", "not");
  private static final int LONGEST = 16 * 1024 * 1024;

  private ModuleParser() {}

  /** Parses a whole module. */
  public static Parsed<Module> module(SourceFile source) {
    try {
      return new Parsed.Tree<>(parseModule(source));
    } catch (ParseFailure failure) {
      return new Parsed.Refused<>(failure.error());
    } catch (StackOverflowError tooDeep) {
      return new Parsed.Refused<>(tooDeep(source));
    }
  }

  /** Parses a query, a body without braces. */
  public static Parsed<Body> query(SourceFile source) {
    try {
      Tokens tokens = new Tokens(lex(source).tokens());
      Body body = new BodyParser(tokens).query();
      if (body.literals().isEmpty()) {
        throw tokens.unexpected("query is empty");
      }
      return new Parsed.Tree<>(body);
    } catch (ParseFailure failure) {
      return new Parsed.Refused<>(failure.error());
    } catch (StackOverflowError tooDeep) {
      return new Parsed.Refused<>(tooDeep(source));
    }
  }

  private static RegoError tooDeep(SourceFile source) {
    return new RegoError(
        RegoError.PARSE, "terms are nested too deeply", new Location(source, 0, 1, 1));
  }

  private static Lexer lex(SourceFile source) {
    if (source.text().length() > LONGEST) {
      throw new ParseFailure(
          new Location(source, 0, 1, 1), "source is longer than " + LONGEST + " characters");
    }
    return new Lexer(source);
  }

  private static Module parseModule(SourceFile source) {
    Lexer lexer = lex(source);
    Tokens tokens = new Tokens(lexer.tokens());
    Location location = tokens.location();
    List<String> path = packagePath(tokens);
    List<Import> imports = new ArrayList<>();
    while (tokens.atName("import")) {
      imports.add(importOf(tokens));
    }
    List<Rule> rules = new ArrayList<>();
    RuleParser parser = new RuleParser(tokens);
    while (!tokens.atEnd()) {
      if (!tokens.onNewLine() && !tokens.takeSymbol(";")) {
        throw tokens.unexpected("expected a new line after the rule");
      }
      if (tokens.atName("import")) {
        imports.add(importOf(tokens));
      } else if (tokens.atName("package")) {
        throw tokens.unexpected("a module has one package");
      } else {
        rules.add(parser.rule());
      }
    }
    List<Annotation> annotations =
        new AnnotationParser(lexer.comments(), rules, location).annotations();
    return new Module(source, path, location, imports, rules, annotations);
  }

  private static List<String> packagePath(Tokens tokens) {
    if (!tokens.takeName("package")) {
      throw tokens.unexpected("expected `package`");
    }
    List<String> path = dottedPath(tokens);
    return path;
  }

  private static List<String> dottedPath(Tokens tokens) {
    Token first = tokens.take();
    if (first.kind() != TokenKind.NAME) {
      throw new ParseFailure(first.location(), "expected a path, found " + first.describe());
    }
    List<String> path = new ArrayList<>(List.of(first.text()));
    TermParser terms = new ExpressionParser(tokens).terms();
    while (tokens.adjacent() && (tokens.atSymbol(".") || tokens.atSymbol("["))) {
      Term part;
      if (tokens.takeSymbol(".")) {
        part = terms.dotted();
      } else {
        part = terms.bracketed();
      }
      if (!(part instanceof Term.Constant c && c.value() instanceof StringValue text)) {
        throw new ParseFailure(part.location(), "a path consists of names and strings");
      }
      path.add(text.text());
    }
    return path;
  }

  private static Import importOf(Tokens tokens) {
    Location location = tokens.take().location();
    List<String> path = dottedPath(tokens);
    String root = path.getFirst();
    boolean known =
        switch (root) {
          case "data", "input" -> true;
          case "rego" -> path.equals(List.of("rego", "v1"));
          case "future" ->
              path.size() >= 2
                  && path.get(1).equals("keywords")
                  && (path.size() == 2 || path.size() == 3 && FUTURE.contains(path.get(2)));
          default -> false;
        };
    if (!known) {
      throw new ParseFailure(
          location,
          "cannot import `"
              + String.join(".", path)
              + "`: paths begin with `data` or `input`, or are `rego.v1` or `future.keywords`");
    }
    String alias = path.getLast();
    if (tokens.takeName("as")) {
      Token name = tokens.take();
      if (name.kind() != TokenKind.NAME || Tokens.KEYWORDS.contains(name.text())) {
        throw new ParseFailure(name.location(), "expected a name after `as`");
      }
      alias = name.text();
    }
    return new Import(path, alias, location);
  }
}
