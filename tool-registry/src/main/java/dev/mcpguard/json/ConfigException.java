package dev.mcpguard.json;

import java.util.List;
import java.util.stream.Collectors;

/** Configuration was refused; the message is all findings, one a line. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  public ConfigException(List<Finding> findings) {
    super(message(findings));
    this.findings = List.copyOf(findings);
  }

  /** Everything found wrong, at least one, in the order of files and lines. */
  public List<Finding> findings() {
    return findings;
  }

  @Override
  public String getMessage() {
    return message(findings);
  }

  private static String message(List<Finding> findings) {
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
