package dev.mcpguard.samples.quickstart;

import dev.mcpguard.samples.notes.NotesServer;
import dev.mcpguard.samples.tickets.TicketDesk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A sample server as a process of its own, on this JVM and class path. */
final class SampleProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private SampleProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  static List<String> notesCommand(Path folder) {
    return command(NotesServer.class, List.of("--folder", folder.toString()));
  }

  static SampleProcess notes(Path folder) throws IOException {
    return new SampleProcess(notesCommand(folder));
  }

  static SampleProcess desk(Path folder, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of("--folder", folder.toString(), "--port", "0"));
    options.addAll(List.of(more));
    return new SampleProcess(command(TicketDesk.class, options));
  }

  private static List<String> command(Class<?> main, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(options);
    return command;
  }

  /** The next line on standard output; fails at its end. */
  String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the server ended without an answer");
    }
    return line;
  }

  /** The endpoint a desk prints when it is ready. */
  String url() throws IOException {
    String ready = line();
    if (!ready.startsWith("ready ")) {
      throw new IOException("not ready: " + ready);
    }
    return ready.substring("ready ".length());
  }

  void send(String message) throws IOException {
    process.getOutputStream().write((message + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Closes standard input and waits; returns the exit code. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IOException("the server does not end when its input does");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
