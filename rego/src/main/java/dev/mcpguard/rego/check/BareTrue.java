package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Body;
import dev.mcpguard.rego.syntax.Literal;
import dev.mcpguard.rego.syntax.Statement;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import dev.mcpguard.rego.value.BooleanValue;
import java.util.List;

/**
 * What OPA does to a body that is nothing but {@code true} when its head has to be evaluated: the
 * evaluation of the head takes the place of the body. OPA 1.14 does so to {@code not true} and to
 * {@code true with ...} as well, and so such a body holds.
 */
final class BareTrue {
  private BareTrue() {}

  static Body body(Body body, Term... heads) {
    if (body.literals().size() != 1
        || !body.literals().getFirst().negated() && body.literals().getFirst().with().isEmpty()
        || !isTrue(body.literals().getFirst().statement())) {
      return body;
    }
    Evaluated evaluated = new Evaluated();
    evaluated.terms(List.of(heads));
    Literal only = body.literals().getFirst();
    return evaluated.found
        ? new Body(List.of(new Literal(only.statement(), only.location())))
        : body;
  }

  private static boolean isTrue(Statement statement) {
    return statement instanceof Statement.Expression(Term.Constant constant)
        && constant.value() == BooleanValue.TRUE;
  }

  /** Looks for references, calls and comprehensions. */
  private static final class Evaluated extends TreeWalker {
    boolean found;

    @Override
    public void variable(Term.Variable variable) {
      found |= Variables.isDocument(variable.name());
    }

    @Override
    public void reference(Term.Reference reference) {
      found = true;
    }

    @Override
    public void call(Term.Call call) {
      found = true;
    }

    @Override
    public void comprehension(Body body, List<Term> heads, Term whole) {
      found = true;
    }
  }
}
