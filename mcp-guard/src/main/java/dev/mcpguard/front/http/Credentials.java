package dev.mcpguard.front.http;

import dev.mcpguard.model.Credential;
import dev.mcpguard.model.Route;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From headers to a {@link Credential}, nothing verified: exactly one {@code Authorization} header
 * (RFC 6750, 2.1), exactly one blank, a known scheme in any case (threat A1).
 */
final class Credentials {
  private static final int LONGEST_TOKEN = 16 << 10;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]*) ([A-Za-z0-9._~+/-]+=*)");

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
    Matcher parts = FORM.matcher(header);
    if (!parts.matches()) {
      return Offer.flawed("not a scheme, one blank and a token");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    return scheme.equals("bearer") || scheme.equals("dpop")
        ? new Offer(scheme, parts.group(2), null)
        : Offer.flawed("a scheme other than bearer and dpop");
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
