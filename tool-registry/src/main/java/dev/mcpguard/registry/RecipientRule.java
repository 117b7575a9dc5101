package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;
import java.util.Set;

/**
 * Somebody a message or payment goes to: exactly one of these, or an address at one of these
 * domains.
 *
 * @param domains lower case, without the {@code @}
 */
public record RecipientRule(
    JsonPointer argument, boolean optional, Set<String> recipients, Set<String> domains)
    implements ArgumentRule {
  public RecipientRule {
    recipients = Set.copyOf(recipients);
    domains = Set.copyOf(domains);
  }
}
