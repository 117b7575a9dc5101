package dev.mcpguard.policy.opa;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the OPA server is and how long an answer may take.
 *
 * @param url base URL, for example {@code http://127.0.0.1:8181}
 * @param deadline the most a decision may take, connection included
 * @param token the bearer token OPA asks of its clients, read at each request; empty for none
 */
public record OpaSettings(URI url, Duration deadline, Supplier<String> token) {}
