package dev.mcpguard.samples.tour;

import java.util.List;
import java.util.stream.Collectors;

/** What the guard answered: a result, or a refusal in one of its two forms. */
record Reply(int status, Json body) {
  private static final String DENIAL = "dev.mcpguard/denial";

  /** The reason code of a refusal; empty for anything else. */
  String reason() {
    return denial().at("reason").string();
  }

  /** The decision's number in the log, where the guard tells it. */
  String decision() {
    return denial().at("decisionId").string();
  }

  private Json denial() {
    Json error = body.at("error", "data");
    return error.there() ? error : body.at("result", "_meta", DENIAL);
  }

  boolean granted() {
    return status == 200
        && body.at("result").there()
        && !Boolean.TRUE.equals(body.at("result", "isError").value());
  }

  Json structured() {
    return body.at("result", "structuredContent");
  }

  /** All text blocks of a tool's answer. */
  String text() {
    return body.at("result", "content").elements().stream()
        .map(block -> block.at("text").string())
        .collect(Collectors.joining("\n"));
  }

  /** Names of the tools in a list, sorted. */
  List<String> tools() {
    return body.at("result", "tools").elements().stream()
        .map(tool -> tool.at("name").string())
        .sorted()
        .toList();
  }
}
