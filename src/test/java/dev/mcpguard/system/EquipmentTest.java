package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap, canary and the tiny JSON reader. */
class EquipmentTest {
  private static final String SECRET = "s3cret-T0ken/of+Ada";
  private static final Canary CANARY = Canary.of(Map.of("token", SECRET));

  @Test
  void anUntouchedTrapClosesQuietly() {
    Trap trap = Trap.open();
    trap.close();
    assertEquals(0, trap.connections());
  }

  @Test
  void aTouchedTrapFailsAndSaysWhatItHeard() throws Exception {
    Trap trap = Trap.open();
    try (RawHttp caller = RawHttp.connect(trap.port())) {
      caller.send("GET /jwks HTTP/1.1\r\n\r\n");
      assertTrue(caller.closedByPeer());
    }
    AssertionError failure = assertThrows(AssertionError.class, trap::close);
    assertTrue(String.valueOf(failure.getMessage()).contains("GET /jwks"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aSecretIsFoundInBase64AtEveryAlignment(int before) {
    byte[] plain = Bytes.of("x".repeat(before) + SECRET + "yz");
    assertFalse(CANARY.search("log", Base64.getEncoder().encode(plain)).isEmpty());
    assertFalse(
        CANARY.search("log", Base64.getUrlEncoder().withoutPadding().encode(plain)).isEmpty());
  }

  @Test
  void aSecretIsFoundInOtherDisguises() {
    assertFalse(
        CANARY.search("log", ("at " + SECRET).getBytes(StandardCharsets.UTF_16LE)).isEmpty());
    assertTrue(CANARY.search("log", Bytes.of("s3cret-T0ken/of+Adb")).isEmpty());
  }

  @Test
  void aFolderIsSearchedAndTheFindingNamesNoValue(@TempDir Path folder) throws Exception {
    CANARY.assertAbsent(folder);
    Files.createDirectory(folder.resolve("deep"));
    Files.write(folder.resolve("deep/log"), Bytes.of("Bearer " + SECRET));
    AssertionError leak = assertThrows(AssertionError.class, () -> CANARY.assertAbsent(folder));
    assertTrue(String.valueOf(leak.getMessage()).contains("token (plain)"));
    assertFalse(String.valueOf(leak.getMessage()).contains(SECRET));
  }

  @Test
  void jsonKeepsDigitsOrderAndRepetitions() {
    String text = "{\"b\":1e400,\"a\":[-0.10,true,null,\"\\u0041\\n\"],\"a\":{}}";
    assertEquals(
        "{\"b\":1e400,\"a\":[-0.10,true,null,\"A\\u000a\"],\"a\":{}}", Json.read(text).toString());
    assertEquals(Optional.empty(), Json.read(text).get("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,}",
        "[1 2]",
        "01",
        "1.",
        "nul",
        "\"\t\"",
        "{} {}",
        "{'a':1}",
        "\"\\x\""
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThrows(JsonReader.Unreadable.class, () -> Json.read(text));
  }
}
