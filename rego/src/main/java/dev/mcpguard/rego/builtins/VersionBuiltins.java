package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NumberValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;

/** Semantic versions. */
final class VersionBuiltins {
  private VersionBuiltins() {}

  static void register(Registry registry) {
    registry
        .add("semver.compare", "(string, string) => number", VersionBuiltins::compare)
        .add("semver.is_valid", "(any) => boolean", VersionBuiltins::isValid);
  }

  private static Value compare(BuiltinContext context, Value[] operands) {
    return NumberValue.of(version(context, operands, 0).compareTo(version(context, operands, 1)));
  }

  private static SemanticVersion version(BuiltinContext context, Value[] operands, int index) {
    String text = Operands.text(operands, index);
    context.charge(Texts.cost(text));
    SemanticVersion version = SemanticVersion.parse(text);
    if (version == null) {
      throw BuiltinError.of(
          "operand " + (index + 1) + ": string " + operands[index] + " is not a valid SemVer");
    }
    return version;
  }

  private static Value isValid(BuiltinContext context, Value[] operands) {
    if (!(operands[0] instanceof StringValue text)) {
      return BooleanValue.FALSE;
    }
    context.charge(Texts.cost(text.text()));
    return BooleanValue.of(SemanticVersion.parse(text.text()) != null);
  }
}
