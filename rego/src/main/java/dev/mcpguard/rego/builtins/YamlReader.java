package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the first document of a YAML text. Aliases are followed, and each use is charged. */
public final class YamlReader {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_LENGTH = 16_000_000;

  private final BuiltinContext context;
  private final boolean strict;
  private int depth;

  private YamlReader(BuiltinContext context, boolean strict) {
    this.context = context;
    this.strict = strict;
  }

  private static String checked(String text) {
    if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw BuiltinError.of("yaml: found invalid Unicode character escape code");
    }
    return text;
  }

  /**
   * Reads a file that is data of a bundle, as OPA reads it, but one document only and no key twice.
   *
   * @throws BuiltinError if it cannot be read so
   */
  public static Value readFile(BuiltinContext context, String text) {
    return read(context, text, true);
  }

  static Value read(BuiltinContext context, String text) {
    return read(context, text, false);
  }

  private static Value read(BuiltinContext context, String text, boolean strict) {
    context.charge(1 + text.length() / 4L);
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(100)
            .setCodePointLimit(MAX_LENGTH)
            .build();
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
      Value value =
          documents.hasNext() ? new YamlReader(context, strict).value(documents.next()) : NullValue.NULL;
      if (strict && documents.hasNext()) {
        throw BuiltinError.of("yaml: more than one document");
      }
      return value;
    } catch (YamlEngineException | IllegalArgumentException | StackOverflowError e) {
      throw BuiltinError.of("error converting YAML to JSON: yaml: " + e.getMessage());
    }
  }

  private Value value(Node node) {
    context.charge(1);
    if (++depth > MAX_DEPTH) {
      throw BuiltinError.of("yaml is nested too deeply, or refers to itself");
    }
    Value value =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence -> {
            ArrayValue.Builder elements = ArrayValue.builder();
            sequence.getValue().forEach(element -> elements.add(value(element)));
            yield elements.build();
          }
          case MappingNode mapping -> object(mapping);
          default -> throw BuiltinError.of("unexpected yaml node");
        };
    depth--;
    return value;
  }

  private static Value scalar(ScalarNode scalar) {
    boolean explicit = scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getTag().getValue().equals("tag:yaml.org,2002:str")
        && scalar.getStartMark().isPresent()
        && scalar.getStartMark().get().getColumn() >= 0
        && startsWithTag(scalar);
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN || explicit) {
      return StringValue.of(checked(scalar.getValue()));
    }
    return YamlScalars.read(scalar.getValue());
  }

  /** Whether the scalar is written with a tag: its source is longer than its text. */
  private static boolean startsWithTag(ScalarNode scalar) {
    return scalar
        .getEndMark()
        .map(end -> end.getIndex() - scalar.getStartMark().get().getIndex() > scalar.getValue().length())
        .orElse(false);
  }

  private ObjectValue object(MappingNode mapping) {
    ObjectValue.Builder entries = ObjectValue.builder();
    for (NodeTuple entry : mapping.getValue()) {
      if (isMerge(entry.getKeyNode())) {
        if (strict) {
          throw BuiltinError.of("yaml: `<<` is not taken; write the members out");
        }
        merge(entries, value(entry.getValueNode()));
      }
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!isMerge(entry.getKeyNode())) {
        Value key = key(value(entry.getKeyNode()));
        if (strict && entries.get(key) != null) {
          throw BuiltinError.of("yaml: the key " + key + " is there twice");
        }
        entries.put(key, value(entry.getValueNode()));
      }
    }
    return entries.build();
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getValue().equals("<<");
  }

  private void merge(ObjectValue.Builder entries, Value merged) {
    switch (merged) {
      case ObjectValue object ->
          object.forEach(
              (key, value) -> {
                context.charge(1);
                if (entries.get(key) == null) {
                  entries.put(key, value);
                }
              });
      case ArrayValue array -> array.forEach(each -> merge(entries, each));
      default -> throw BuiltinError.of("map merge requires map or sequence of maps as the value");
    }
  }

  private static Value key(Value key) {
    if (key instanceof StringValue) {
      return key;
    }
    if (key instanceof NullValue || key instanceof ArrayValue || key instanceof ObjectValue) {
      throw BuiltinError.of("yaml key of type " + key.typeName() + " has no form in json");
    }
    return StringValue.of(Values.toJson(key));
  }
}
