package dev.mcpguard.rego.bundle;

/**
 * A bundle is refused: as an archive, as a bundle, or for its signature. The message is lower case, has
 * what the bundle holds in backticks, and says what to do where something can be done.
 */
public final class RefusedBundleException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_EXCERPT = 120;

  private final Reason reason;

  /** What kind of thing is wrong. */
  public enum Reason {
    /** No whole gzipped tar of plain files, or a trick in it. */
    ARCHIVE,
    /** Larger than the limits. */
    LIMITS,
    /** An archive, but not a bundle this engine takes. */
    CONTENT,
    /** Unsigned where a signature is demanded, or the signature is not good. */
    SIGNATURE
  }

  private RefusedBundleException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What kind of thing is wrong. */
  public Reason reason() {
    return reason;
  }

  /** The message; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  static RefusedBundleException archive(String message) {
    return new RefusedBundleException(Reason.ARCHIVE, message);
  }

  static RefusedBundleException limits(String message) {
    return new RefusedBundleException(Reason.LIMITS, message);
  }

  static RefusedBundleException content(String message) {
    return new RefusedBundleException(Reason.CONTENT, message);
  }

  static RefusedBundleException signature(String message) {
    return new RefusedBundleException(Reason.SIGNATURE, message);
  }

  /** What a parser says, in one short line. */
  static String said(RuntimeException parser) {
    String line = String.valueOf(parser.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > 2 * LONGEST_EXCERPT ? line.substring(0, 2 * LONGEST_EXCERPT) : line;
  }

  /** Foreign text in a message: in backticks, short, without line breaks or controls. */
  static String quoted(String foreign) {
    StringBuilder text = new StringBuilder("`");
    foreign.codePoints().limit(LONGEST_EXCERPT).forEach(
        c -> text.appendCodePoint(Character.isISOControl(c) || c == '`' ? '?' : c));
    return text.append(foreign.length() > LONGEST_EXCERPT ? "...`" : "`").toString();
  }
}
