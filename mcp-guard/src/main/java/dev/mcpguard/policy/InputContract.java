package dev.mcpguard.policy;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.MalformedJsonException;
import dev.mcpguard.json.StrictJson;
import dev.mcpguard.rego.check.CheckedModules;
import dev.mcpguard.rego.check.CheckedRule;
import dev.mcpguard.rego.check.RuleGroup;
import dev.mcpguard.rego.syntax.RegoError;
import dev.mcpguard.rego.syntax.Term;
import dev.mcpguard.rego.syntax.TreeWalker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds policies against the JSON Schema of their input: a reference to a field that can never exist is
 * undefined for every input, so its rule silently never applies. Such a policy is refused. Immutable.
 *
 * <p>Judged are references such as {@code input.subject.id}; fields named by text, as in
 * {@code object.get(input, ["subject"], {})}, are not.
 */
public final class InputContract {
  private static final String SHIPPED = "policy-input.schema.json";
  private static final JsonLimits LIMITS = JsonLimits.message();

  private final InputShape root;

  private InputContract(InputShape root) {
    this.root = root;
  }

  /** Lazily, once. */
  private static final class Shipped {
    static final InputContract CONTRACT = read();

    private static InputContract read() {
      try (InputStream stream =
          Objects.requireNonNull(InputContract.class.getResourceAsStream(SHIPPED))) {
        return of(StrictJson.parseObject(stream.readAllBytes(), LIMITS));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      } catch (MalformedJsonException malformed) {
        throw new IllegalStateException(malformed);
      }
    }
  }

  /** The contract of the guard's own input, {@code docs/schema/policy-input.schema.json}. */
  public static InputContract shipped() {
    return Shipped.CONTRACT;
  }

  /** The contract a schema states. */
  public static InputContract of(JsonObject schema) {
    return new InputContract(InputShape.of(schema));
  }

  /** An error for each reference to what can never exist, in the order of the sources. */
  List<RegoError> check(CheckedModules modules, Set<String> exempt) {
    Set<RegoError> errors = new LinkedHashSet<>();
    for (RuleGroup group : modules.groups()) {
      group.rules().forEach(rule -> check(rule, exempt, errors));
      check(group.fallback(), exempt, errors);
    }
    return errors.stream()
        .sorted(
            Comparator.comparing((RegoError error) -> error.location().source().name())
                .thenComparing(error -> error.location().offset()))
        .toList();
  }

  private void check(@Nullable CheckedRule rule, Set<String> exempt, Set<RegoError> errors) {
    for (CheckedRule at = rule; at != null; at = at.otherwise()) {
      if (exempt.contains(at.location().source().name())) {
        return;
      }
      TreeWalker walker = new References(errors);
      walker.body(at.body());
      walker.terms(at.suffix());
      walker.terms(at.arguments());
      walker.optional(at.member());
      walker.term(at.value());
    }
  }

  private final class References extends TreeWalker {
    private final Set<RegoError> errors;

    References(Set<RegoError> errors) {
      this.errors = errors;
    }

    @Override
    public void reference(Term.Reference reference) {
      if (reference.head() instanceof Term.Variable head && head.name().equals("input")) {
        String problem = root.missing("input", reference.path());
        if (problem != null) {
          errors.add(new RegoError(RegoError.TYPE, problem, reference.location()));
        }
      }
      super.reference(reference);
    }
  }
}
