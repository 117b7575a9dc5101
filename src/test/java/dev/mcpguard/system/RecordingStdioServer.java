package dev.mcpguard.system;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The recording downstream over stdio: a main class that appends every byte of its standard input
 * to a file before it answers, and its arguments and environment to {@code FILE.starts}, one line
 * for each start. Made with {@link #command} and read back with {@link StdioRecord}. It ends with
 * its standard input.
 */
final class RecordingStdioServer {
  private final Path record;
  private final Behaviour behaviour;
  private final ToolServer tools = new ToolServer();
  private final PrintStream out;

  private RecordingStdioServer(Path record, Behaviour behaviour, PrintStream out) {
    this.record = record;
    this.behaviour = behaviour;
    this.out = out;
  }

  /**
   * The command that starts such a server, recording to {@code record}; writes the tools beside it.
   */
  static List<String> command(Path record, Behaviour behaviour) throws IOException {
    Path tools = Path.of(record + ".tools");
    Files.write(tools, behaviour.tools().stream().map(Json::toString).toList());
    Hostile hostile = behaviour.hostile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(
        List.of(RecordingStdioServer.class.getName(), record.toString(), tools.toString()));
    command.addAll(List.of(behaviour.era().name(), String.valueOf(behaviour.changedFromList())));
    command.addAll(
        List.of(hostile.mode().name(), hostile.method(), String.valueOf(hostile.size())));
    command.add(String.valueOf(hostile.pace().toMillis()));
    return command;
  }

  /** Arguments in the order of {@link #command}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path record = Path.of(arguments[0]);
    List<Json> tools = Files.readAllLines(Path.of(arguments[1])).stream().map(Json::read).toList();
    Hostile hostile =
        Hostile.of(Hostility.valueOf(arguments[4]))
            .on(arguments[5])
            .ofSize(Integer.parseInt(arguments[6]))
            .atPace(Duration.ofMillis(Long.parseLong(arguments[7])));
    Behaviour behaviour =
        new Behaviour(Era.valueOf(arguments[2]), tools, Integer.parseInt(arguments[3]), hostile);
    append(Path.of(record + ".starts"), Bytes.of(start(arguments) + "\n"));
    new RecordingStdioServer(record, behaviour, System.out).serve(System.in);
  }

  private static String start(String[] arguments) {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    return ProcessHandle.current().pid() + " " + Arrays.toString(arguments) + " " + environment;
  }

  private static void append(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void serve(InputStream unbuffered) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(unbuffered);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each >= 0; each = in.read()) {
      line.write(each);
      if (each == '\n') {
        take(line.toByteArray());
        line.reset();
      }
    }
    append(record, line.toByteArray());
  }

  private void take(byte[] line) throws IOException, InterruptedException {
    append(record, line);
    Json message;
    try {
      message = Json.read(new String(line, StandardCharsets.UTF_8));
    } catch (JsonReader.Unreadable unreadable) {
      send(Bytes.of(Rpc.answer("null", Rpc.error(-32700, "parse error"))));
      return;
    }
    if (message.get("id").isPresent() && message.get("method").isPresent()) {
      request(message);
    }
  }

  private void request(Json message) throws IOException, InterruptedException {
    boolean modern = ToolServer.isModern(message);
    if (modern ? !behaviour.era().speaksModern() : !behaviour.era().speaksLegacy()) {
      send(Bytes.of(Twist.failed(message, modern ? -32601 : -32022, "not in this era")));
      return;
    }
    Optional<String> honest = tools.answer(message, behaviour);
    if (honest.isPresent()) {
      play(message, honest.get());
    }
  }

  private void play(Json message, String honest) throws InterruptedException {
    Hostility mode = behaviour.hostile().towards(message);
    List<byte[]> messages = Twist.messages(mode, message, honest, behaviour.hostile());
    switch (mode) {
      // Further messages are still read and recorded, a cancellation for one, and the end of input
      // ends the process.
      case HANG -> {}
      case ACT_THEN_DROP -> System.exit(0);
      case CLOSE_MID_ANSWER -> {
        write(Arrays.copyOf(messages.getLast(), messages.getLast().length / 2));
        System.exit(0);
      }
      case SLOW_BYTES -> slowly(Bytes.join(messages.getLast(), Bytes.of("\n")));
      case ENDLESS_NOTIFICATIONS -> endlessly(message);
      case NONE,
          STATUS_500,
          REDIRECT,
          HEADER_SPLIT,
          WRONG_ID,
          DUPLICATE_KEYS,
          OVERSIZED,
          MALFORMED_JSON,
          NOT_UTF8,
          SCRIPTED,
          SECOND_ANSWER,
          FORGED_DENIAL,
          SERVER_REQUEST,
          PROGRESS ->
          messages.forEach(this::send);
    }
  }

  private void slowly(byte[] bytes) throws InterruptedException {
    for (byte each : bytes) {
      write(new byte[] {each});
      Thread.sleep(behaviour.hostile().pace());
    }
  }

  private void endlessly(Json message) throws InterruptedException {
    for (int number = 1; !out.checkError(); number++) {
      send(Twist.notification(message, number));
      Thread.sleep(behaviour.hostile().pace());
    }
  }

  private void send(byte[] message) {
    write(Bytes.join(message, Bytes.of("\n")));
  }

  private void write(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
