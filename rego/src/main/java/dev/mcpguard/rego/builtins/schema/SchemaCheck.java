package dev.mcpguard.rego.builtins.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Whether a schema is well formed: keywords of their types, references that lead somewhere. */
final class SchemaCheck {
  static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "null", "object", "string");
  private static final List<String> SCHEMAS =
      List.of("not", "if", "then", "else", "contains", "propertyNames", "additionalItems", "additionalProperties");
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> MAPS = List.of("properties", "patternProperties", "definitions");
  private static final List<String> COUNTS =
      List.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");

  private final Value root;
  private final LongConsumer charge;

  SchemaCheck(Value root, LongConsumer charge) {
    this.root = root;
    this.charge = charge;
  }

  void check() {
    check(root);
  }

  private void check(Value schema) {
    charge.accept(1);
    if (schema instanceof BooleanValue) {
      return;
    }
    if (!(schema instanceof ObjectValue object)) {
      throw new SchemaException("Invalid type. Expected: boolean/object, given: " + schema.typeName());
    }
    if (object.get("$ref") instanceof StringValue reference) {
      SchemaPointer.resolve(root, reference.text());
    }
    checkTypes(object);
    checkCounts(object);
    checkPattern(object.get("pattern"));
    checkChildren(object);
  }

  private static void checkTypes(ObjectValue schema) {
    Value type = schema.get("type");
    if (type instanceof StringValue name) {
      checkType(name);
    } else if (type instanceof ArrayValue names) {
      for (Value name : names) {
        if (!(name instanceof StringValue text)) {
          throw new SchemaException("type must be of type string/array-of-strings");
        }
        checkType(text);
      }
    } else if (type != null) {
      throw new SchemaException("type must be of type string/array-of-strings");
    }
  }

  private static void checkType(StringValue name) {
    if (!TYPES.contains(name.text())) {
      throw new SchemaException(
          "has a primitive type that is NOT VALID -- given: /"
              + name.text()
              + "/ Expected valid values are:["
              + String.join(" ", TYPES)
              + "]");
    }
  }

  private static void checkCounts(ObjectValue schema) {
    for (String keyword : COUNTS) {
      Value value = schema.get(keyword);
      if (value != null && !(value instanceof NumberValue number && number.isLong())) {
        throw new SchemaException(keyword + " must be of an integer");
      }
      if (value instanceof NumberValue number && number.longValue() < 0) {
        throw new SchemaException(keyword + " must be greater than or equal to 0");
      }
    }
    for (String keyword : List.of("minimum", "maximum", "multipleOf")) {
      Value value = schema.get(keyword);
      if (value != null && !(value instanceof NumberValue)) {
        throw new SchemaException(keyword + " must be of a number");
      }
    }
    if (schema.get("multipleOf") instanceof NumberValue number && number.decimal().signum() <= 0) {
      throw new SchemaException("multipleOf must be strictly greater than 0");
    }
    Value required = schema.get("required");

    if (required != null && !(required instanceof ArrayValue)) {
      throw new SchemaException("required must be of an array");
    }
  }

  private static void checkPattern(@Nullable Value pattern) {
    if (pattern == null) {
      return;
    }
    if (!(pattern instanceof StringValue text)) {
      throw new SchemaException("pattern must be of a string");
    }
    compile(text.text());
  }

  static Pattern compile(String expression) {
    boolean counted = expression.indexOf('{') >= 0 && expression.indexOf('(') >= 0;
    if (expression.length() > 2_000 || counted && expression.length() > 300) {
      throw new SchemaException("Invalid regex pattern, it is too long");
    }
    try {
      Pattern pattern = Pattern.compile(expression);
      if (pattern.programSize() > 20_000) {
        throw new SchemaException("Invalid regex pattern '" + expression + "', it is too large");
      }
      return pattern;
    } catch (PatternSyntaxException | StackOverflowError e) {
      throw new SchemaException("Invalid regex pattern '" + expression + "'");
    }
  }

  private void checkChildren(ObjectValue schema) {
    for (String keyword : SCHEMAS) {
      Value child = schema.get(keyword);
      if (child != null) {
        check(child);
      }
    }
    for (String keyword : LISTS) {
      Value children = schema.get(keyword);
      if (children instanceof ArrayValue array && !array.isEmpty()) {
        array.forEach(this::check);
      } else if (children != null) {
        throw new SchemaException(keyword + " must be of an array");
      }
    }
    for (String keyword : MAPS) {
      Value children = schema.get(keyword);
      if (children instanceof ObjectValue object) {
        object.forEach((_, child) -> check(child));
      } else if (children != null) {
        throw new SchemaException("Invalid type. Expected: valid schema, given: " + keyword);
      }
    }
    if (schema.get("patternProperties") instanceof ObjectValue object) {
      object.forEach((pattern, _) -> checkPattern(pattern));
    }
    Value items = schema.get("items");
    if (items instanceof ArrayValue array) {
      array.forEach(this::check);
    } else if (items != null) {
      check(items);
    }
  }
}
