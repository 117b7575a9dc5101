package dev.mcpguard.audit;

import java.util.Map;

/**
 * Where a log ends.
 *
 * @param fresh whether no segment exists and one has to begin
 * @param first first sequence number of the last segment
 * @param end bytes of that segment that count
 * @param torn bytes after them, never acknowledged, to be cut off
 * @param blank zeros behind those, laid out for what would have come; to be cut off as well
 * @param next sequence number of the next record
 * @param link link of the chain before it
 * @param open admissions without an outcome, sequence number by decision id
 */
record LogTail(
    boolean fresh,
    long first,
    long end,
    long torn,
    long blank,
    long next,
    byte[] link,
    Map<String, Long> open) {
  LogTail {
    open = Map.copyOf(open);
  }
}
