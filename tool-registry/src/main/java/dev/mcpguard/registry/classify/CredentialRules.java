package dev.mcpguard.registry.classify;

import dev.mcpguard.registry.Effect;
import dev.mcpguard.registry.RiskClass;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names that hand out a credential: `GetSessionToken`, `secret_get`, `create_api_key`. */
final class CredentialRules {
  private static final Set<String> CREDENTIALS =
      Set.of("credential", "password", "passwd", "passphrase", "secret", "token", "keypair",
          "kubeconfig", "apikey", "passkey", "otp", "sas", "keytab");
  private static final Set<String> KEYS =
      Set.of("api", "access", "private", "signing", "ssh", "encryption", "data", "session",
          "secret", "account", "admin", "authorization", "auth", "master", "decryption");
  private static final Set<String> LINKS =
      Set.of("upload", "presigned", "signed", "signin", "login", "console", "embed", "sas");
  private static final Set<String> METADATA =
      Set.of("list", "describe", "count", "validate", "verify", "search", "check", "is", "has",
          "exists", "find", "enumerate", "inspect", "discover", "detect", "scan", "audit");
  private static final Set<String> MINTING =
      Set.of("create", "generate", "issue", "make", "mint", "rotate", "request", "refresh",
          "regenerate", "renew", "exchange", "assume", "add", "new", "reset");

  /** A reading verb whose object is the credential itself. */
  void revealed(NameReading reading, Evidence evidence) {
    boolean metadata =
        reading.verbs().stream().anyMatch(a -> METADATA.contains(a.verb().word()));
    if (!metadata) {
      handsOut(reading, evidence, "reveals a credential");
    }
  }

  /** A verb that makes a new credential. */
  void minted(NameReading reading, Evidence evidence) {
    if (reading.verbs().stream().anyMatch(a -> MINTING.contains(a.verb().word()))) {
      handsOut(reading, evidence, "mints a credential");
    }
  }

  private static void handsOut(NameReading reading, Evidence evidence, String what) {
    for (int head : reading.heads()) {
      if (credential(reading.tokens(), head)) {
        evidence.effect(Effect.CREDENTIAL);
        evidence.raise(RiskClass.ADMIN, "credential", pattern(reading, head) + " " + what);
        return;
      }
    }
  }

  private static boolean credential(List<String> tokens, int head) {
    String noun = NameTokens.singular(tokens.get(head));
    String before = head == 0 ? "" : NameTokens.singular(tokens.get(head - 1));
    return switch (noun) {
      case "key" -> KEYS.contains(before);
      case "url", "link", "uri" -> LINKS.contains(before);
      case "value", "text", "data" -> before.equals("secret") || before.equals("password");
      case "string" -> before.equals("connection");
      default -> CREDENTIALS.contains(noun);
    };
  }

  private static String pattern(NameReading reading, int head) {
    String verb = capital(reading.verbs().getFirst().verb().word());
    return "`" + verb + "*" + capital(reading.tokens().get(head)) + "`";
  }

  private static String capital(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
