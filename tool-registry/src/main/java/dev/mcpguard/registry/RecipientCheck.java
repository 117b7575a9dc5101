package dev.mcpguard.registry;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a recipient: one address or one identifier, never a list or a display name. */
final class RecipientCheck {
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9.-]{1,253})");

  private RecipientCheck() {}

  static boolean keeps(RecipientRule rule, String text) {
    if (rule.recipients().contains(text)) {
      return true;
    }
    var address = ADDRESS.matcher(text);
    return address.matches() && rule.domains().contains(address.group(1).toLowerCase(Locale.ROOT));
  }
}
