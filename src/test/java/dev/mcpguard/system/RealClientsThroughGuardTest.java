package dev.mcpguard.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official clients through the guard to the official filesystem server, in both eras. Skipped,
 * loudly, without the rig.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsThroughGuardTest {
  private static final Map<String, String> CLASSES =
      Map.of(
          "write_file",
          "write",
          "edit_file",
          "write",
          "create_directory",
          "write",
          "move_file",
          "write");
  private static final String SECRET = "what-the-file-holds-1c5d";

  private GuardFixture guard;
  private Path received;
  private Path data;
  private Path token;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Rig.assumeReady();
    data = Files.createDirectory(folder.resolve("data").toAbsolutePath()).toRealPath();
    Files.writeString(data.resolve("a.txt"), SECRET);
    received = Files.createFile(folder.resolve("received"));
    List<String> server = server();
    guard = GuardFixture.prepare(Files.createDirectory(folder.resolve("guard")));
    List<String> recorded =
        new ArrayList<>(
            List.of("/bin/bash", Rig.folder().resolve("recorded").toString(), received.toString()));
    recorded.addAll(server);
    String argv =
        recorded.stream()
            .map(word -> new Json.Str(word).toString())
            .collect(Collectors.joining(", "));
    guard
        .home()
        .register("files", "{type: stdio, command: [" + argv + "]}", definitions(server), CLASSES);
    guard.serve();
    awaitServed();
    String signed =
        guard.home().token("keeper", "mcp:read mcp:write", guard.home().resource("files"));
    token = Files.writeString(folder.resolve("token"), signed);
  }

  @AfterAll
  void stop() throws Exception {
    if (guard != null) {
      guard.close();
    }
  }

  private List<String> server() throws Exception {
    Json argv = Rig.run("server", "--argv", "filesystem").json();
    List<String> command = new ArrayList<>();
    ((Json.Arr) argv).elements().forEach(word -> command.add(((Json.Str) word).value()));
    command.add(data.toString());
    return command;
  }

  /** What the server lists, byte for byte: an SDK in between might drop what it does not know. */
  private static List<Json> definitions(List<String> command) throws Exception {
    Process server =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      server
          .getOutputStream()
          .write(
              Bytes.of(
                  Request.initialize().body()
                      + "\n"
                      + Rpc.notification("initialized", "")
                      + "\n"
                      + Rpc.request("2", "tools/list", "")
                      + "\n"));
      server.getOutputStream().flush();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Json message = Json.read(line);
        if (message.get("id").filter(id -> id.toString().equals("2")).isPresent()) {
          return ((Json.Arr) message.at("result", "tools").orElseThrow()).elements();
        }
      }
      throw new AssertionError("the filesystem server lists nothing");
    } finally {
      server.destroyForcibly();
    }
  }

  private void awaitServed() throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (guard.log().events("tool-served").stream()
        .noneMatch(event -> event.textAt("event", "server").orElse("").equals("files"))) {
      assertTrue(System.nanoTime() < deadline, () -> "the filesystem server is not served");
      Thread.sleep(50);
    }
  }

  private Rig.Run run(String client, String mode, String tool, String arguments, String intent)
      throws Exception {
    return Rig.run(
        client,
        "--url",
        guard.home().resource("files"),
        "--mode",
        mode,
        "--token-file",
        token.toString(),
        "--tool",
        tool,
        "--args",
        arguments,
        "--intent",
        intent);
  }

  @ParameterizedTest
  @CsvSource({
    "client-v2, modern",
    "client-v2, auto",
    "client-v2, legacy",
    "client-v1, auto",
    "inspector, auto",
  })
  void listsAndReadsAFileAndWritesNothingUnintended(String client, String mode) throws Exception {
    String path = new Json.Str(data.resolve("a.txt").toString()).toString();
    Rig.Run read =
        run(client, mode, "read_text_file", "{\"path\":" + path + "}", GuardFixture.LOOK);
    assertEquals(0, read.exit(), read::toString);
    assertTrue(read.said().contains(SECRET), read.said());

    long before = Files.size(received);
    Path target = data.resolve("written-by-" + client + "-" + mode);
    String write = "{\"path\":" + new Json.Str(target.toString()) + ",\"content\":\"x\"}";
    Rig.Run refused = run(client, mode, "write_file", write, GuardFixture.LOOK);
    assertTrue(refused.exit() != 0, refused::toString);
    String told = refused.said() + refused.complaint();
    // the Inspector shows the message and not the code
    assertTrue(told.contains("-31003") || told.contains("beyond the declared intent"), told);
    String since = Files.readString(received).substring((int) before);
    assertTrue(!since.contains("write_file") && !since.contains(target.toString()), since);
    assertTrue(!Files.exists(target));

    Rig.Run written = run(client, mode, "write_file", write, GuardFixture.CHANGE);
    assertEquals(0, written.exit(), written::toString);
    assertEquals("x", Files.readString(target));
    String signed = Files.readString(token);
    Canary.of(Map.of("token", signed, "signature", signed.substring(signed.lastIndexOf('.') + 1)))
        .assertAbsent("what the server received", Files.readAllBytes(received));
    guard.log().assertVerifies();
  }
}
