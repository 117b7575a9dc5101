package dev.mcpguard.replay;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what a replay gave, and groups the changes by rule, agent and tool. One thread at a time. */
public final class ReplaySummary {
  private long same;
  private long different;
  private long turned;
  private long notAsked;
  private final TreeMap<String, Long> notReplayable = new TreeMap<>();
  private final TreeMap<String, Long> outOfReach = new TreeMap<>();
  private final TreeMap<String, TreeMap<String, Long>> changes = new TreeMap<>();

  public ReplaySummary() {
    for (String dimension : List.of("rule", "agent", "tool")) {
      changes.put(dimension, new TreeMap<>());
    }
  }

  public void add(Replayed replayed) {
    switch (replayed) {
      case Replayed.Same each -> same++;
      case Replayed.NotAsked each -> notAsked++;
      case Replayed.NotReplayable(var entry, String cause) -> notReplayable.merge(cause, 1L, Long::sum);
      case Replayed.OutOfReach(var entry, String cause) -> outOfReach.merge(cause, 1L, Long::sum);
      case Replayed.Different each -> change(each);
    }
  }

  private void change(Replayed.Different each) {
    different++;
    turned += each.turned() ? 1 : 0;
    JsonObject record = each.entry().json();
    String turn = each.recorded().string("result") + " -> " + each.now().string("result");
    count("rule", turn + " by " + rule(each.now()));
    count("agent", turn + " for " + member(record, "principal", "agent"));
    count("tool", turn + " for " + tool(record));
  }

  private void count(String dimension, String name) {
    changes.getOrDefault(dimension, new TreeMap<>()).merge(name, 1L, Long::sum);
  }

  /** {@code server/tool} of a record, as asked where the registry did not know it. */
  public static String tool(JsonObject record) {
    return record.has("tool")
        ? member(record, "tool", "server") + "/" + member(record, "tool", "name")
        : member(record, "asked", "server") + "/" + member(record, "asked", "tool");
  }

  private static String member(JsonObject record, String object, String name) {
    JsonObject found = record.object(object);
    String text = found == null ? null : found.string(name);
    return text == null ? "-" : text;
  }

  /** The rule and code of the first reason, else the reason of a refusal before policy. */
  private static String rule(JsonObject answer) {
    JsonArray reasons = answer.array("reasons");
    List<JsonValue> values = reasons == null ? List.of() : reasons.values();
    if (!values.isEmpty() && values.getFirst() instanceof JsonObject first) {
      String rule = first.string("rule");
      return rule == null ? String.valueOf(first.string("code")) : rule + " (" + first.string("code") + ")";
    }
    return String.valueOf(answer.string("reason"));
  }

  public long same() {
    return same;
  }

  public long different() {
    return different;
  }

  public long notAsked() {
    return notAsked;
  }

  /** Records that should replay and cannot, by cause. */
  public Map<String, Long> notReplayable() {
    return notReplayable;
  }

  /** Records that hung on something outside any record, by cause. */
  public Map<String, Long> outOfReach() {
    return outOfReach;
  }

  /** Whether every decision came out as recorded, erased ones apart. */
  public boolean faithful() {
    return different == 0 && notReplayable.keySet().stream().allMatch("erased"::equals);
  }

  public JsonObject json() {
    JsonObject.Builder grouped = JsonObject.builder();
    changes.forEach((dimension, counts) -> grouped.put(dimension, counts(counts)));
    return JsonObject.builder()
        .put("same", same)
        .put("different", different)
        .put("turned", turned)
        .put("not_replayable", counts(notReplayable))
        .put("out_of_reach", counts(outOfReach))
        .put("nothing_decided", notAsked)
        .put("changes", grouped.build())
        .build();
  }

  private static JsonObject counts(Map<String, Long> counts) {
    JsonObject.Builder members = JsonObject.builder();
    counts.forEach((name, count) -> members.put(name, count.longValue()));
    return members.build();
  }

  /** Lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, TreeMap<String, Long>> dimension : changes.entrySet()) {
      if (!dimension.getValue().isEmpty()) {
        lines.add("changes by " + dimension.getKey());
        dimension.getValue().forEach((name, count) -> lines.add("  " + count + "  " + name));
      }
    }
    lines.add(same + " decided again with the same answer");
    lines.add(different + " with another, " + turned + " of them turned");
    add(lines, "not replayable", notReplayable);
    add(lines, "decided by what no record holds", outOfReach);
    lines.add(notAsked + " records in which nothing was decided");
    return lines;
  }

  private static void add(List<String> lines, String name, @Nullable Map<String, Long> counts) {
    if (counts != null && !counts.isEmpty()) {
      long sum = counts.values().stream().mapToLong(Long::longValue).sum();
      lines.add(sum + " " + name + " " + counts);
    }
  }
}
