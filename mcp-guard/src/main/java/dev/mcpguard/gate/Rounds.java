package dev.mcpguard.gate;

import dev.mcpguard.json.Digest;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.model.CallOutcome;
import dev.mcpguard.model.ClassifiedCall;
import dev.mcpguard.model.ClassifiedPrimitive;
import dev.mcpguard.model.PrincipalKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how often in a row one request of one caller is answered by a demand for input: a server
 * must not hold an agent in a circle (protocol.md 2.6). Remembers the latest only. Thread-safe.
 */
final class Rounds {
  private static final int MOST_ROUNDS = 8;
  private static final int REMEMBERED = 10_000;
  private static final JsonString ASKS = new JsonString("input_required");

  /** One request of one caller, however often it is repeated. */
  record Round(PrincipalKey caller, String method, String target, Digest parameters) {}

  private final Map<Round, Integer> asked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Round, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  static Round key(ClassifiedCall call) {
    return new Round(
        call.principal().key(), call.call().facts().method(), call.tool().id(),
        call.argumentsDigest());
  }

  static Round key(ClassifiedPrimitive call) {
    return new Round(
        call.principal().key(), call.call().facts().method(), call.primitive().id(),
        call.paramsDigest());
  }

  /** Whether the request had its rounds; the next one begins anew. */
  synchronized boolean spent(Round key) {
    if (asked.getOrDefault(key, 0) < MOST_ROUNDS) {
      return false;
    }
    asked.remove(key);
    return true;
  }

  /** Notes how a forwarded request ended. */
  synchronized void ended(Round key, CallOutcome outcome) {
    boolean asks =
        outcome instanceof CallOutcome.Waiting
            || (outcome instanceof CallOutcome.Replied replied
                && ASKS.equals(replied.result().get("resultType")));
    if (asks) {
      asked.merge(key, 1, Integer::sum);
    } else {
      asked.remove(key);
    }
  }
}
