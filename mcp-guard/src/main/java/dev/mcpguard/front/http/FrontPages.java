package dev.mcpguard.front.http;

/**
 * The pages for operators. Called on virtual threads, may block briefly; not behind the gate, so they
 * must not show anything of a caller.
 */
public interface FrontPages {

  /** {@code /healthz}: the process runs. */
  Page health();

  /** {@code /readyz}: the guard can decide and record. */
  Page readiness();

  /** {@code /metrics}: Prometheus text. */
  Page metrics();

  /** A page. */
  record Page(int status, String contentType, String body) {
    public static Page text(int status, String body) {
      return new Page(status, "text/plain; charset=utf-8", body);
    }
  }
}
