package dev.mcpguard.registry.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameTokensTest {
  @ParameterizedTest
  @CsvSource({
    "get_user, get user",
    "getUser, get user",
    "GetUserByID, get user by id",
    "ListVPCs, list vpcs",
    "pods-delete, pods delete",
    "repo.files.get, repo files get",
    "ReEncrypt, reencrypt",
    "GetOAuthToken, get oauth token",
    "EC2StopInstances, ec 2 stop instances",
    "DELETE, delete",
    "'', ''"
  })
  void namesFallIntoWords(String name, String words) {
    assertEquals(words, String.join(" ", NameTokens.of(name)));
  }

  @ParameterizedTest
  @CsvSource({"policies, policy", "keys, key", "access, access", "addresses, address",
    "status, status", "indexes, index", "user, user"})
  void pluralsAreFound(String plural, String singular) {
    assertEquals(singular, NameTokens.singular(plural));
  }

  @org.junit.jupiter.api.Test
  void aNameWithoutEndIsReadInPart() {
    assertEquals(List.of("a".repeat(256)), NameTokens.of("a".repeat(1_000_000)));
  }
}
