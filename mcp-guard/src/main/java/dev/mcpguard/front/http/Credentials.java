package dev.mcpguard.front.http;

import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Route;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From headers to a {@link Credential}, nothing verified: exactly one {@code Authorization} header
 * (RFC 6750, 2.1), exactly one blank, a known scheme in any case (threat A1).
 */
final class Credentials {
  private static final int LONGEST_TOKEN = 16 << 10;

  private Credentials() {}

  static Credential read(
      HttpRequest request, Route route, boolean tokenInQuery, @Nullable String thumbprint) {
    Offer offer = offer(request.headers().getAll("authorization"), tokenInQuery);
    List<String> proofs = request.headers().getAll("dpop");
    String flaw = offer.flaw() == null && proofs.size() > 1 ? "two proofs" : offer.flaw();
    return new Credential(
        offer.scheme(),
        offer.token(),
        proofs.isEmpty() ? null : proofs.getFirst(),
        request.method().name(),
        route.resource(),
        thumbprint,
        flaw);
  }

  private static Offer offer(List<String> headers, boolean tokenInQuery) {
    if (tokenInQuery) {
      return Offer.flawed("a token in the query");
    }
    if (headers.isEmpty()) {
      return new Offer("", "", null);
    }
    if (headers.size() > 1) {
      return Offer.flawed("two authorization headers");
    }
    String header = headers.getFirst();
    if (header.length() > LONGEST_TOKEN) {
      return Offer.flawed("longer than any token");
    }
    int blank = header.indexOf(' ');
    if (blank < 0 || !isScheme(header, blank) || !isToken(header, blank + 1)) {
      return Offer.flawed("not a scheme, one blank and a token");
    }
    String scheme = header.substring(0, blank).toLowerCase(Locale.ROOT);
    return scheme.equals("bearer") || scheme.equals("dpop")
        ? new Offer(scheme, header.substring(blank + 1), null)
        : Offer.flawed("a scheme other than bearer and dpop");
  }

  /** A letter, then letters, digits, {@code _} and {@code -}. */
  private static boolean isScheme(String header, int end) {
    for (int i = 0; i < end; i++) {
      char c = header.charAt(i);
      if (!isLetter(c) && (i == 0 || !(isDigit(c) || c == '_' || c == '-'))) {
        return false;
      }
    }
    return end > 0;
  }

  /** The {@code b64token} of RFC 6750, 2.1: at least one character, then any number of {@code =}. */
  private static boolean isToken(String header, int from) {
    int end = header.length();
    while (end > from && header.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = from; i < end; i++) {
      char c = header.charAt(i);
      if (!isLetter(c) && !isDigit(c) && "._~+/-".indexOf(c) < 0) {
        return false;
      }
    }
    return end > from;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private record Offer(String scheme, String token, @Nullable String flaw) {
    static Offer flawed(String flaw) {
      return new Offer("", "", flaw);
    }

    @Override
    public String toString() {
      return "Offer[" + scheme + "]";
    }
  }
}
