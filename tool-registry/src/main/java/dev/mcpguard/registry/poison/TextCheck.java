package dev.mcpguard.registry.poison;

/** A check of one string of a definition. Implementations are stateless and linear in the text. */
interface TextCheck {
  void check(ScannedText text, Findings findings);
}
