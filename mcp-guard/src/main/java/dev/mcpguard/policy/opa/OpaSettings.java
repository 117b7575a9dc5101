package dev.mcpguard.policy.opa;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the OPA server is and how long an answer may take.
 *
 * @param url base URL, for example {@code http://127.0.0.1:8181}
 * @param deadline the most a decision may take, connection included
 * @param token the bearer token OPA asks of its clients, read at each request; empty for none
 * @param tls whom to trust, or null for those of the JDK
 */
public record OpaSettings(
    URI url, Duration deadline, Supplier<String> token, @Nullable SSLContext tls) {

  /** Settings that trust the JDK's authorities. */
  public OpaSettings(URI url, Duration deadline, Supplier<String> token) {
    this(url, deadline, token, null);
  }
}
