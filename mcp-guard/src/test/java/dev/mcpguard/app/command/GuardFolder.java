package dev.mcpguard.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** A small sound configuration in a folder, to break one thing of, and the command line over it. */
record GuardFolder(Path folder) {
  static final String CONFIGURATION =
      """
      schema: 1
      front: {listen: "127.0.0.1:0"}
      development-issuer: issuer
      agents: agents.yaml
      registry: servers
      policy: {folder: policies}
      audit: {folder: audit}
      """;
  static final String AGENTS =
      """
      schema: 1
      agents:
        - id: keeper
          owner: tests
          match: {issuer: "https://issuer.example", claims: {sub: keeper}}
          ceiling: admin
          sensitivity: internal
          review-by: 2099-01-01
          purposes: {look: {class: read}}
      """;
  static final String MANIFEST =
      """
      schema: 1
      server: notes
      owner: tests
      contact: tests@example.com
      purpose: tests
      transport: {type: stdio, command: [/bin/sh]}
      sensitivity: internal
      destination: internal
      tools:
        read: {class: read}
      """;
  static final String POLICY =
      """
      package mcpguard.authz

      decision := {"decision": true, "context": {"reasons": []}}
      """;

  static GuardFolder in(Path folder) throws IOException {
    GuardFolder made = new GuardFolder(folder);
    made.write("mcp-guard.yaml", CONFIGURATION);
    made.write("agents.yaml", AGENTS);
    made.write("servers/notes.yaml", MANIFEST);
    made.write("policies/authz.rego", POLICY);
    made.write("issuer/issuer-jwks.json", "{\"keys\":[]}");
    return made;
  }

  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What a verb printed and how it ended. */
  record Outcome(int code, String text) {}

  Outcome run(String verb) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        new CommandLine(new GuardCommand())
            .setExecutionExceptionHandler(new Failures())
            .setOut(out)
            .setErr(out)
            .execute(verb, "--config", folder.resolve("mcp-guard.yaml").toString());
    out.flush();
    return new Outcome(code, said.toString());
  }
}
