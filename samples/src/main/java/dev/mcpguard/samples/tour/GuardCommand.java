package dev.mcpguard.samples.tour;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the guard's command line, as an auditor would: without the running guard. */
record GuardCommand(Path launcher, Path configuration) {

  /** What a command said and how it ended. */
  record Said(String command, int exit, List<String> lines) {
    boolean mentions(String words) {
      return lines.stream().anyMatch(line -> line.contains(words));
    }
  }

  Said run(String... verbs) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(verbs));
    command.addAll(List.of("--config", configuration.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    return new Said("mcp-guard " + String.join(" ", verbs), exit, output.lines().toList());
  }
}
