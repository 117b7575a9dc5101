package dev.mcpguard.rego.builtins.schema;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Walks schema and document together. For one validation on one thread. */
final class SchemaValidator {
  private static final int MAX_DEPTH = 400;

  private final Value root;
  private final LongConsumer charge;
  private int depth;

  SchemaValidator(Value root, LongConsumer charge) {
    this.root = root;
    this.charge = charge;
  }

  List<SchemaError> validate(Value document) {
    Findings findings = new Findings("");
    validate(root, document, findings);
    return findings.errors();
  }

  void validate(Value schema, Value value, Findings findings) {
    charge.accept(2);
    if (++depth > MAX_DEPTH) {
      throw new SchemaException("schema or document is nested too deeply, or refers to itself");
    }
    if (schema instanceof BooleanValue pass) {
      if (!pass.value()) {
        findings.add("false", "False always fails validation");
      }
    } else if (schema instanceof ObjectValue object) {
      if (object.get("$ref") instanceof StringValue reference) {
        validate(SchemaPointer.resolve(root, reference.text()), value, findings);
      } else if (checkType(object, value, findings)) {
        apply(object, value, findings);
      }
    }
    depth--;
  }

  private void apply(ObjectValue schema, Value value, Findings findings) {
    combinations(schema, value, findings);
    common(schema, value, findings);
    switch (value) {
      case ObjectValue object -> new ObjectRules(this, charge).apply(schema, object, findings);
      case ArrayValue array -> new ArrayRules(this, charge).apply(schema, array, findings);
      case StringValue text -> ScalarRules.text(schema, text.text(), findings, charge);
      case NumberValue number -> ScalarRules.number(schema, number, findings);
      default -> {}
    }
  }

  /** Findings of a schema on their own. */
  Findings apart(Value schema, Value value, Findings place) {
    Findings findings = place.apart();
    validate(schema, value, findings);
    return findings;
  }

  private static boolean checkType(ObjectValue schema, Value value, Findings findings) {
    Value type = schema.get("type");
    if (type == null) {
      return true;
    }
    List<String> wanted =
        type instanceof ArrayValue array
            ? StreamSupport.stream(array.spliterator(), false).map(SchemaValidator::text).toList()
            : List.of(text(type));
    boolean integer = value instanceof NumberValue number && number.isInteger();
    String given = integer ? "integer" : value.typeName();
    if (wanted.contains(given) || integer && wanted.contains("number")) {
      return true;
    }
    findings.add(
        "invalid_type",
        "Invalid type. Expected: " + String.join("/", wanted) + ", given: " + given);
    return false;
  }

  private static String text(Value value) {
    return value instanceof StringValue text ? text.text() : value.toString();
  }

  private void common(ObjectValue schema, Value value, Findings findings) {
    Value fixed = schema.get("const");
    if (fixed != null && !fixed.equals(value)) {
      findings.add("const", findings.field() + " does not match: " + Values.toJson(fixed));
    }
    if (schema.get("enum") instanceof ArrayValue allowed) {
      charge.accept(allowed.size());
      for (Value candidate : allowed) {
        if (candidate.equals(value)) {
          return;
        }
      }
      String texts =
          StreamSupport.stream(allowed.spliterator(), false)
              .map(Values::toJson)
              .collect(Collectors.joining(", "));
      findings.add("enum", findings.field() + " must be one of the following: " + texts);
    }
  }

  private void combinations(ObjectValue schema, Value value, Findings findings) {
    if (schema.get("anyOf") instanceof ArrayValue options) {
      choose(options, value, findings, true);
    }
    if (schema.get("oneOf") instanceof ArrayValue options) {
      choose(options, value, findings, false);
    }
    if (schema.get("allOf") instanceof ArrayValue all) {
      Findings together = findings.apart();
      all.forEach(each -> validate(each, value, together));
      findings.addAll(together);
      if (!together.isEmpty()) {
        findings.add("number_all_of", "Must validate all the schemas (allOf)");
      }
    }
    Value not = schema.get("not");
    if (not != null && apart(not, value, findings).isEmpty()) {
      findings.add("number_not", "Must not validate the schema (not)");
    }
    condition(schema, value, findings);
  }

  private void choose(ArrayValue options, Value value, Findings findings, boolean any) {
    int matched = 0;
    Findings best = null;
    for (Value option : options) {
      Findings result = apart(option, value, findings);
      if (result.isEmpty()) {
        matched++;
      } else if (best == null || result.size() < best.size()) {
        best = result;
      }
      if (any && matched > 0) {
        return;
      }
    }
    if (matched == 1) {
      return;
    }
    findings.add(
        any ? "number_any_of" : "number_one_of",
        any
            ? "Must validate at least one schema (anyOf)"
            : "Must validate one and only one schema (oneOf)");
    if (matched == 0 && best != null) {
      findings.addAll(best);
    }
  }

  private void condition(ObjectValue schema, Value value, Findings findings) {
    Value condition = schema.get("if");
    if (condition == null) {
      return;
    }
    boolean holds = apart(condition, value, findings).isEmpty();
    Value consequence = schema.get(holds ? "then" : "else");
    Findings result = consequence == null ? null : apart(consequence, value, findings);
    if (result != null && !result.isEmpty()) {
      findings.add(
          holds ? "condition_then" : "condition_else",
          holds
              ? "Must validate \"then\" as \"if\" was valid"
              : "Must validate \"else\" as \"if\" was not valid");
      findings.addAll(result);
    }
  }

  /** A limit that counts, or null. */
  static @Nullable Long limit(ObjectValue schema, String keyword) {
    return schema.get(keyword) instanceof NumberValue number && number.isLong()
        ? (Long) number.longValue()
        : null;
  }
}
