package dev.mcpguard.rego.syntax;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds {@code # METADATA} blocks and the rule or package each stands above. */
final class AnnotationParser {
  private static final Set<String> SCOPES = Set.of("rule", "document", "package", "subpackages");
  private final List<Comment> comments;
  private final List<Rule> rules;
  private final Location packageLocation;

  AnnotationParser(List<Comment> comments, List<Rule> rules, Location packageLocation) {
    this.comments = comments;
    this.rules = rules;
    this.packageLocation = packageLocation;
  }

  List<Annotation> annotations() {
    List<Annotation> found = new ArrayList<>();
    for (int i = 0; i < comments.size(); i++) {
      Comment start = comments.get(i);
      if (!start.text().strip().equals("METADATA")) {
        continue;
      }
      StringBuilder yaml = new StringBuilder();
      while (i + 1 < comments.size() && follows(comments.get(i), comments.get(i + 1))) {
        i++;
        yaml.append(comments.get(i).text()).append('\n');
      }
      found.add(annotation(start.location(), yaml.toString()));
    }
    return found;
  }

  private static boolean follows(Comment before, Comment after) {
    return after.location().line() == before.location().line() + 1
        && after.location().column() == before.location().column();
  }

  private Annotation annotation(Location at, String yaml) {
    ObjectValue plain = PlainMetadata.read(yaml);
    Value content = plain == null ? content(at, yaml) : plain;
    if (!(content instanceof ObjectValue object)) {
      throw new ParseFailure(at, "metadata must be a yaml mapping");
    }
    Rule rule = at.line() < packageLocation.line() ? null : ruleBelow(at);
    if (rule == null && at.line() > packageLocation.line()) {
      throw new ParseFailure(at, "metadata stands above no rule");
    }
    String scope =
        object.get("scope") instanceof StringValue text
            ? text.text()
            : rule == null ? "package" : "rule";
    if (!SCOPES.contains(scope)) {
      throw new ParseFailure(at, "unknown metadata scope `" + scope + "`");
    }
    ObjectValue.Builder complete = object.toBuilder().put("scope", StringValue.of(scope));
    if (object.get("authors") instanceof ArrayValue authors) {
      complete.put("authors", each(authors, AnnotationParser::author));
    }
    if (object.get("related_resources") instanceof ArrayValue resources) {
      complete.put("related_resources", each(resources, text -> ObjectValue.of("ref", text)));
    }
    return new Annotation(scope, complete.build(), rule, at);
  }

  private static Value each(ArrayValue array, UnaryOperator<Value> change) {
    List<Value> changed = new ArrayList<>();
    array.forEach(item -> changed.add(item instanceof StringValue ? change.apply(item) : item));
    return ArrayValue.of(changed);
  }

  /** {@code Name <mail>} as an object. */
  private static Value author(Value value) {
    String text = ((StringValue) value).text();
    int open = text.lastIndexOf('<');
    if (open < 0 || !text.endsWith(">")) {
      return ObjectValue.of("name", StringValue.of(text.strip()));
    }
    ObjectValue.Builder author = ObjectValue.builder();
    String name = text.substring(0, open).strip();
    if (!name.isEmpty()) {
      author.put("name", StringValue.of(name));
    }
    return author.put("email", StringValue.of(text.substring(open + 1, text.length() - 1))).build();
  }

  private @Nullable Rule ruleBelow(Location at) {
    for (Rule rule : rules) {
      if (rule.location().line() > at.line()) {
        return rule;
      }
    }
    return null;
  }

  private static Value content(Location at, String yaml) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setMaxAliasesForCollections(16).setCodePointLimit(65536).build();
      Object loaded = new Load(settings).loadFromString(yaml);
      return loaded == null ? ObjectValue.EMPTY : value(loaded);
    } catch (YamlEngineException | IllegalArgumentException failure) {
      throw new ParseFailure(at, "metadata is no valid yaml");
    }
  }

  private static Value value(@Nullable Object node) {
    return switch (node) {
      case null -> NullValue.NULL;
      case Boolean flag -> BooleanValue.of(flag);
      case Number number -> NumberValue.parse(number.toString());
      case Map<?, ?> map -> {
        ObjectValue.Builder object = ObjectValue.builder();
        map.forEach((key, inner) -> object.put(String.valueOf(key), value(inner)));
        yield object.build();
      }
      case List<?> list -> {
        List<Value> items = new ArrayList<>();
        list.forEach(item -> items.add(value(item)));
        yield ArrayValue.of(items);
      }
      default -> StringValue.of(node.toString());
    };
  }
}
