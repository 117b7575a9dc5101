package dev.mcpguard.registry.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ClassifierCasesTest {
  private static final ToolClassifier CLASSIFIER = new ToolClassifier();

  static Stream<List<String>> cases() {
    return WordList.read("cases.txt", 3).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nameAloneGivesTheClassOfTheDefinition(List<String> row) {
    Suggestion suggestion = CLASSIFIER.classify(ToolDescription.named(row.get(0)));
    assertEquals(
        RiskClass.ofText(row.get(1)), suggestion.riskClass(), () -> row + " " + suggestion);
    if (!row.get(2).equals("-")) {
      assertTrue(suggestion.effects().contains(Effect.ofText(row.get(2))), suggestion::toString);
    }
    assertFalse(suggestion.reasons().isEmpty());
  }
}
