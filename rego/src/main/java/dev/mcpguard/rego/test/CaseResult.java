package dev.mcpguard.rego.test;

/** How one case ended. */
public sealed interface CaseResult {
  PolicyCase tried();

  record Passed(PolicyCase tried) implements CaseResult {}

  /** A wrong answer, or an error where an answer was wanted. */
  record Failed(PolicyCase tried, String reason) implements CaseResult {}

  /** The engine refused the modules or the query when they were loaded. */
  record RefusedAtLoad(PolicyCase tried, String reason) implements CaseResult {}
}
