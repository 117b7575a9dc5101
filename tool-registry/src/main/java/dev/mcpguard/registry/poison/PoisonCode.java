package dev.mcpguard.registry.poison;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kind of poison a finding is. */
public enum PoisonCode {
  /** Characters that no one sees: zero width, soft hyphen, variation selectors, private use. */
  HIDDEN_TEXT,
  /** Characters that change the direction of reading. */
  BIDIRECTIONAL_TEXT,
  /** Tag characters, which spell ASCII that only a model reads. */
  TAG_CHARACTERS,
  /** Control characters and terminal escapes. */
  CONTROL_CHARACTERS,
  /** A word that mixes scripts, or looks like another word in Latin letters. */
  CONFUSABLE_TEXT,
  /** A name that looks like the name of another tool. */
  CONFUSABLE_NAME,
  /** Text that instructs the model instead of describing the tool. */
  MODEL_INSTRUCTION,
  /** A tag or role marker that a model may take for a higher voice. */
  MODEL_MARKUP,
  /** The text names a tool of another server. */
  OTHER_TOOL,
  /** A data URI, a script URI or long encoded text. */
  ENCODED_CONTENT,
  /** A Markdown image or link with a place for data in its address. */
  EXFILTRATION_LINK,
  /** Something that looks like a credential. */
  SECRET,
  /** Text longer than a description needs. */
  LONG_TEXT,
  /** A schema reference to the network or to a file. */
  REMOTE_REFERENCE,
  /** A schema too deep or too large to be checked cheaply. */
  SCHEMA_SIZE,
  /** A schema that refers to itself. */
  SCHEMA_RECURSION,
  /** A pattern that can take exponential time in a backtracking engine. */
  SLOW_PATTERN;

  /** The spelling used in output: {@code hidden-text}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The code of exactly this spelling, or null. */
  public static @Nullable PoisonCode ofText(String text) {
    for (PoisonCode code : values()) {
      if (code.text().equals(text)) {
        return code;
      }
    }
    return null;
  }
}
