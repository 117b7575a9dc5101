package dev.mcpguard.rego.builtins.x509;

/** A certificate, request or key cannot be read. Carries no stack trace: it is an answer. */
public final class X509Exception extends RuntimeException {
  private final boolean unsupported;

  private X509Exception(String message, boolean unsupported) {
    super(message, null, false, false);
    this.unsupported = unsupported;
  }

  /** Bytes that OPA refuses too. */
  static X509Exception malformed(String message) {
    return new X509Exception(message, false);
  }

  /** Something well formed for which no exact answer can be given here. */
  static X509Exception unsupported(String message) {
    return new X509Exception(message + " is not supported", true);
  }

  /** If the bytes may be right, but an exact answer cannot be given. */
  public boolean isUnsupported() {
    return unsupported;
  }

  /** What is wrong. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
