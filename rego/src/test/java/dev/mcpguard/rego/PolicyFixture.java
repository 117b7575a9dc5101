package dev.mcpguard.rego;

import dev.mcpguard.rego.value.Value;
import dev.mcpguard.rego.value.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The policy of about 70 lines over 200 tools and 200 agents that the numbers are measured on. */
final class PolicyFixture {
  private static final int SIZE = 200;

  private PolicyFixture() {}

  static String policy() {
    try (var stream =
        Objects.requireNonNull(PolicyFixture.class.getResourceAsStream("bench/authz.rego"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String data() {
    StringBuilder json = new StringBuilder("{\"tools\":{");
    for (int i = 0; i < SIZE; i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"tool").append(i).append("\":{\"risk\":\"")
          .append(i % 3 == 0 ? "write" : "read")
          .append("\",\"owner\":\"agent").append(i).append("\",\"max_arguments\":8,")
          .append("\"readers\":[\"reader\",\"role").append(i % 7).append("\"],")
          .append("\"writers\":[\"writer\",\"role").append(i % 5).append("\"]}");
    }
    json.append("},\"agents\":{");
    for (int i = 0; i < SIZE; i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"agent").append(i).append("\":{\"roles\":[\"reader\",\"role")
          .append(i % 7).append("\",\"operator\"],\"prefixes\":[\"/home/agent").append(i)
          .append("/\",\"/tmp/\"]}");
    }
    json.append("},\"grants\":{");
    for (int i = 0; i < SIZE; i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"agent").append(i).append("\":[{\"tool\":\"tool").append(i)
          .append("\",\"until\":99999999},{\"tool\":\"tool").append((i + 1) % SIZE)
          .append("\",\"until\":5}]");
    }
    return json.append("},\"blocked\":[\"agent13\",\"agent77\"]}").toString();
  }

  static Value input(int agent, int tool) {
    return Values.parseJson(
        "{\"subject\":{\"agent\":\"agent" + agent + "\"},\"time\":43200,"
            + "\"call\":{\"tool\":\"tool" + tool + "\",\"arguments\":{\"paths\":[\"/home/agent"
            + agent + "/a\",\"/tmp/b\"],\"x\":1}}}");
  }

  /** Writes policy, data and one input into a folder, for another engine to be measured on. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.writeString(folder.resolve("authz.rego"), policy());
    Files.writeString(folder.resolve("data.json"), data());
    Files.writeString(folder.resolve("input.json"), Values.toJson(input(3, 7)));
  }

  static CompiledPolicy compile() {
    return Rego.create()
        .module("authz.rego", policy())
        .data(Values.parseJson(data()))
        .compile()
        .orThrow();
  }
}
