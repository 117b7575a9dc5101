package dev.mcpguard.app.wiring;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON Schema (draft 2020-12 unless it names another official one). A schema that cannot be
 * compiled, or that points outside itself, accepts nothing; so does one that cannot be evaluated.
 * Nothing is ever fetched. Thread-safe.
 */
final class CompiledSchema {
  private static final Logger LOG = LoggerFactory.getLogger(CompiledSchema.class);
  private static final URI OWN = URI.create("urn:mcpguard:input-schema");
  private static final URI META = URI.create("https://json-schema.org/draft/2020-12/schema");
  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
  private static final int DEEPEST = 48;
  private static final int LONGEST_PATTERN = 4_096;
  private static final int MOST_VALUES = 20_000;

  private final @Nullable Validator validator;

  private CompiledSchema(@Nullable Validator validator) {
    this.validator = validator;
  }

  static CompiledSchema of(JsonObject schema) {
    try {
      if (!bounded(schema, DEEPEST) || count(schema) > MOST_VALUES || !Meta.fits(schema)) {
        LOG.warn(
            "an input schema is too deep, points outside itself or is no schema: it accepts nothing");
        return new CompiledSchema(null);
      }
      Validator validator =
          factory().withDisabledSchemaValidation(true).createValidator();
      validator.registerSchema(OWN, new SchemaNode(schema, ""));
      return new CompiledSchema(validator);
    } catch (JsonSchemaException | IllegalArgumentException | ArithmeticException unusable) {
      LOG.warn("an input schema cannot be compiled and accepts nothing: {}", unusable.getMessage());
      return new CompiledSchema(null);
    }
  }

  /** Whether the value fits. INVARIANT: whatever cannot be decided does not fit. */
  boolean accepts(JsonValue value) {
    Validator compiled = validator;
    if (compiled == null) {
      return false;
    }
    try {
      return compiled.validate(OWN, new SchemaNode(value, "")).isValid();
    } catch (RuntimeException | StackOverflowError undecidable) {
      LOG.warn("a value could not be compared with its schema: {}", undecidable.toString());
      return false;
    }
  }

  private static ValidatorFactory factory() {
    SchemaResolver none = uri -> SchemaResolver.Result.empty();
    return new ValidatorFactory()
        .withDefaultDialect(new Dialects.Draft2020Dialect())
        .withJsonNodeFactories(SchemaNode.FACTORY, SchemaNode.FACTORY)
        .withSchemaResolver(none);
  }

  /** Whether it is shallow enough and every reference stays inside the document. */
  private static boolean bounded(JsonValue value, int depth) {
    if (depth == 0) {
      return false;
    }
    return switch (value) {
      case JsonArray array -> array.values().stream().allMatch(each -> bounded(each, depth - 1));
      case JsonObject object ->
          object.members().entrySet().stream()
              .allMatch(member -> proper(member) && bounded(member.getValue(), depth - 1));
      case JsonValue scalar -> true;
    };
  }

  /** INVARIANT: the library passes over a pattern it cannot read; here it makes the schema useless. */
  private static boolean proper(Map.Entry<String, JsonValue> member) {
    return switch (member.getValue()) {
      case JsonString(String target) when REFERENCES.contains(member.getKey()) ->
          target.startsWith("#");
      case JsonString(String pattern) when member.getKey().equals("pattern") -> readable(pattern);
      case JsonObject patterns when member.getKey().equals("patternProperties") ->
          patterns.members().keySet().stream().allMatch(CompiledSchema::readable);
      case JsonValue other -> true;
    };
  }

  private static boolean readable(String pattern) {
    try {
      return Pattern.compile(pattern).pattern().length() <= LONGEST_PATTERN;
    } catch (PatternSyntaxException unreadable) {
      return false;
    }
  }

  private static int count(JsonValue value) {
    return switch (value) {
      case JsonArray array -> 1 + array.values().stream().mapToInt(CompiledSchema::count).sum();
      case JsonObject object ->
          1 + object.members().values().stream().mapToInt(CompiledSchema::count).sum();
      case JsonValue scalar -> 1;
    };
  }

  /** The meta-schema, loaded once: what does not fit it is no schema. */
  private static final class Meta {
    private static final Validator VALIDATOR = factory().createValidator();

    static boolean fits(JsonObject schema) {
      String dialect = schema.string("$schema");
      URI meta = dialect == null ? META : URI.create(dialect);
      return VALIDATOR.validate(meta, new SchemaNode(schema, "")).isValid();
    }
  }
}
