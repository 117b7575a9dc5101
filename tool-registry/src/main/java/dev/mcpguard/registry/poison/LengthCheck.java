package dev.mcpguard.registry.poison;

/** Text longer than it needs to be: room to hide in, and a cost for every listing. */
final class LengthCheck implements TextCheck {
  static final int LONG_NAME = 128;
  private static final int LONG_PROSE = 6_000;
  private static final int FAR_TOO_LONG = 30_000;

  @Override
  public void check(ScannedText text, Findings findings) {
    int length = text.value().length();
    String words = "is " + length + " characters long";
    if (length > FAR_TOO_LONG || (text.name() && length > LONG_NAME)) {
      findings.block(PoisonCode.LONG_TEXT, text.place(), words);
    } else if (length > LONG_PROSE) {
      findings.warn(PoisonCode.LONG_TEXT, text.place(), words);
    }
  }
}
