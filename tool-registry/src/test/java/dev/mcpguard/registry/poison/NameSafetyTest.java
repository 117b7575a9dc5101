package dev.mcpguard.registry.poison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.registry.poison.NameSafety.Likeness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameSafetyTest {
  @ParameterizedTest
  @CsvSource({
    "read_file, read_file, SAME",
    "read_file, readFile, COLLISION",
    "read_file, READ-FILE, COLLISION",
    "read_file, réad_file, COLLISION",
    "read_file, ｒead_file, COLLISION",
    "read_file, rеad_file, LOOK_ALIKE",
    "paypal, paypaI, LOOK_ALIKE",
    "modem, modern, LOOK_ALIKE",
    "list_1, list_l, LOOK_ALIKE",
    "github, github-official, SQUATTING",
    "github, secure_github, SQUATTING",
    "send_email, send_email_v2, SQUATTING",
    "transfer, transfers, NEAR",
    "transfer, tranfser, NEAR",
    "transfer, transfar, NEAR",
    "get_user, set_user, NEAR",
    "read_file, write_file, DISTINCT",
    "get, set, DISTINCT",
    "search, list, DISTINCT",
    "'', a, DISTINCT"
  })
  void e3NamesThatPassForEachOtherAreFound(String left, String right, Likeness expected) {
    assertEquals(expected, NameSafety.compare(left, right));
    assertEquals(expected, NameSafety.compare(right, left));
  }

  @ParameterizedTest
  @CsvSource({
    "rеad_file, files__read_file, BLOCK",
    "readFile, me__read_file, BLOCK",
    "readFile, files__read_file, WARN",
    "read_file_v2, files__read_file, WARN",
    "read_file, files__read_file, INFO"
  })
  void e3ToolNameIsComparedWithTheNamesOfOthers(
      String name, String other, PoisonFinding.Severity severity) {
    JsonObject tool = JsonObject.builder().put("name", name).build();
    List<PoisonFinding> found = new PoisonScanner().scan("me", tool, List.of(other));
    assertTrue(
        found.stream().anyMatch(
            f -> f.code() == PoisonCode.CONFUSABLE_NAME && f.severity() == severity),
        found::toString);
  }

  @Test
  void distinctNamesGiveNoFinding() {
    JsonObject tool = JsonObject.builder().put("name", "list_orders").build();
    assertEquals(
        List.of(), new PoisonScanner().scan("me", tool, List.of("me__get_order", "x__search")));
  }
}
