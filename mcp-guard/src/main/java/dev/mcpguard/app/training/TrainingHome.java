package dev.mcpguard.app.training;

import dev.mcpguard.app.config.ConfigurationReader;
import dev.mcpguard.app.config.GuardConfiguration;
import dev.mcpguard.json.ConfigException;
import dev.mcpguard.registry.DefinitionDigest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The files of a guard in front of one echo server, in a temporary folder that goes with it. */
final class TrainingHome implements AutoCloseable {
  static final String AGENT = "training";

  private final Path folder;

  private TrainingHome(Path folder) {
    this.folder = folder;
  }

  static TrainingHome create(Path policies, String server) throws IOException {
    TrainingHome home = new TrainingHome(Files.createTempDirectory("mcp-guard-training"));
    Files.createDirectories(home.folder.resolve("servers"));
    home.write("mcp-guard.yaml",
        """
        schema: 1
        instance: training
        front: {listen: 127.0.0.1:%d}
        development-issuer: issuer
        agents: agents.yaml
        registry: servers
        policy: {folder: "%s"}
        """.formatted(freePort(), policies.toAbsolutePath()));
    home.write("agents.yaml",
        """
        schema: 1
        agents:
          - id: training
            match: {issuer: urn:mcp-guard:development-issuer, claims: {sub: training}}
            owner: the start-up cache
            purposes: {training: {class: read}}
            ceiling: read
            sensitivity: internal
            review-by: 2099-12-31
        """);
    home.write("servers/echo.yaml",
        """
        schema: 1
        server: echo
        owner: the start-up cache
        contact: none@example.com
        purpose: training
        transport: {type: http, url: "%s"}
        credential: {type: none}
        sensitivity: internal
        destination: internal
        review-by: 2099-12-31
        tools:
          echo: {class: read, digest: "%s"}
        """.formatted(server, DefinitionDigest.of(EchoServer.TOOL).text()));
    return home;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  GuardConfiguration configuration() throws ConfigException {
    return ConfigurationReader.read(folder.resolve("mcp-guard.yaml"));
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
