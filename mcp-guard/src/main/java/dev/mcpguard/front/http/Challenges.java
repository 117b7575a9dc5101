package dev.mcpguard.front.http;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.ReasonCode;
import dev.mcpguard.model.Refusal;
import dev.mcpguard.model.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code WWW-Authenticate} (RFC 6750, RFC 9728, RFC 9449), one text for every bad credential. */
final class Challenges {
  static final String METADATA_PATH = "/.well-known/oauth-protected-resource";

  private final FrontSettings settings;

  Challenges(FrontSettings settings) {
    this.settings = settings;
  }

  /**
   * The challenges for a refusal, one header line each.
   *
   * @param presented whether the caller presented any credential
   */
  List<String> of(Refusal refusal, Route route, boolean presented) {
    List<String> lines = new ArrayList<>();
    String metadata =
        "resource_metadata=\"" + settings.publicUrl() + METADATA_PATH + route.path() + "\"";
    if (refusal.reason() == ReasonCode.SCOPE_INSUFFICIENT) {
      lines.add(moreScope(refusal.data(), metadata));
      return lines;
    }
    String scope = scope(String.join(" ", settings.resource().scopes()));
    lines.add(
        presented
            ? "Bearer error=\"invalid_token\", error_description=\"the access token is not valid"
                + " here\", "
                + metadata
                + scope
            : "Bearer " + metadata + scope);
    if (!settings.resource().dpopAlgorithms().isEmpty()) {
      boolean staleNonce = refusal.data().string("dpopNonce") != null;
      String algorithms = String.join(" ", settings.resource().dpopAlgorithms());
      lines.add(
          "DPoP "
              + (staleNonce ? "error=\"use_dpop_nonce\", " : "")
              + ("algs=\"" + algorithms + "\""));
    }
    return lines;
  }

  /** The nonce the next DPoP proof must hold, or null. */
  static @Nullable String nonce(Refusal refusal) {
    String nonce = refusal.data().string("dpopNonce");
    return nonce != null && isScope(nonce) ? nonce : null;
  }

  /** Whether the text is an RFC 6749 scope token, safe between quotes. */
  static boolean isScope(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
  }

  /** INVARIANT: only scope tokens get between the quotes, whoever wrote the policy. */
  private static String moreScope(JsonObject data, String metadata) {
    String scopes = scopes(data.string("scope"));
    String missing = scopes(data.string("missing"));
    String needs = missing.isEmpty() ? scopes : missing;
    return "Bearer error=\"insufficient_scope\""
        + scope(scopes)
        + ", "
        + metadata
        + (needs.isEmpty() ? "" : ", error_description=\"this call needs " + needs + "\"");
  }

  private static String scopes(@Nullable String text) {
    return text == null
        ? ""
        : Stream.of(text.split(" ")).filter(Challenges::isScope).collect(Collectors.joining(" "));
  }

  private static String scope(String scopes) {
    return scopes.isEmpty() ? "" : ", scope=\"" + scopes + "\"";
  }
}
