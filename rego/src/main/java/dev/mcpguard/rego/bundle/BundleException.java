package dev.mcpguard.rego.bundle;

/** A bundle cannot be used: malformed, beyond a limit, or not signed as it must be. */
public final class BundleException extends Exception {
  private static final long serialVersionUID = 1L;

  BundleException(String message) {
    super(message);
  }

  BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
