package dev.mcpguard.gate;

import dev.mcpguard.model.AuditUnavailableException;
import dev.mcpguard.model.RecordTooLargeException;

/** Something to do with a request; what it throws ends the request ({@link Passage#walk}). */
@FunctionalInterface
interface Way {
  void go() throws AuditUnavailableException, RecordTooLargeException;
}
