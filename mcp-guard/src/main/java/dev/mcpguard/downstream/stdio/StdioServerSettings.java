package dev.mcpguard.downstream.stdio;

import dev.mcpguard.registry.Era;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One child process server as configured.
 *
 * @param server its id, for the log
 * @param command program and arguments
 * @param environment its whole environment, read at each start; null if a secret cannot be read
 * @param era which revisions it speaks
 * @param perPrincipal whether each caller has a child of its own, because the server keeps state
 */
public record StdioServerSettings(
    String server,
    List<String> command,
    Supplier<@Nullable Map<String, String>> environment,
    Era era,
    boolean perPrincipal) {

  public StdioServerSettings {
    command = List.copyOf(command);
  }
}
