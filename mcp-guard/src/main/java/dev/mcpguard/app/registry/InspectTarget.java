package dev.mcpguard.app.registry;

import dev.mcpguard.json.ConfigException;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictYaml;
import dev.mcpguard.registry.RegistryLoader;
import dev.mcpguard.registry.ServerManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server that is not registered yet: a URL, or a program and its arguments. Immutable.
 *
 * @param words the URL, or the command
 * @param secret reference of a bearer token, or null
 * @param rotateBy date by which the token is changed, or null
 * @param ca file of the only authorities trusted, or null
 * @param environment of the program: plain text, or a reference such as {@code env:TOKEN}
 */
public record InspectTarget(
    List<String> words,
    @Nullable String secret,
    @Nullable String rotateBy,
    @Nullable Path ca,
    Map<String, String> environment) {
  private static final List<String> LAUNCHERS =
      List.of("npx", "node", "uvx", "uv", "python", "python3", "docker", "java", "run", "exec", "bunx", "deno");

  public InspectTarget {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a URL or a command is needed");
    }
  }

  /** Whether it is reached over HTTP. */
  public boolean http() {
    return words.size() == 1 && words.getFirst().matches("(?i)https?://.*");
  }

  /** The lines of {@code transport} and {@code credential}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (http()) {
      String tls = ca == null ? "" : ", tls: {ca: " + ManifestDraft.quoted(ca.toString()) + "}";
      lines.add(
          "transport: {type: http, url: " + ManifestDraft.quoted(words.getFirst()) + tls + "}");
    } else {
      String command =
          words.stream().map(ManifestDraft::quoted).collect(Collectors.joining(", ", "[", "]"));
      String variables =
          new TreeMap<>(environment)
              .entrySet().stream()
                  .map(each -> each.getKey() + ": " + variable(each.getValue()))
                  .collect(Collectors.joining(", ", "{", "}"));
      lines.add("transport: {type: stdio, command: " + command + ", environment: " + variables + "}");
    }
    if (secret != null) {
      String date = rotateBy == null ? "" : ", rotate-by: " + ManifestDraft.quoted(rotateBy);
      lines.add(
          "credential: {type: bearer, secret: " + ManifestDraft.quoted(secret) + date + "}");
    }
    return lines;
  }

  private static String variable(String value) {
    return value.matches("(env:[A-Za-z_][A-Za-z0-9_]*|file:/.+)")
        ? "{secret: " + ManifestDraft.quoted(value) + "}"
        : ManifestDraft.quoted(value);
  }

  /** The manifest without tools, for asking the server; throws with what cannot be used. */
  public static ServerManifest manifest(ManifestDraft.Head head) throws ConfigException {
    String draft = ManifestDraft.of(head, List.of());
    JsonObject evidence =
        JsonObject.builder()
            .put(head.server(), StrictYaml.parse(draft, head.server() + ".yaml").root())
            .build();
    ServerManifest manifest = RegistryLoader.ofEvidence(evidence).manifest(head.server());
    if (manifest == null) {
      throw new IllegalStateException("a manifest that loads is there");
    }
    return manifest;
  }

  /** A name for the server made from the host or the program. */
  public String suggestedName() {
    String base = http() ? host() : program();
    String name =
        base.toLowerCase(Locale.ROOT)
            .replaceAll("^(mcp-server|server|mcp)-|-(mcp-server|mcp|server)$", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String fitting = name.substring(0, Math.min(32, name.length())).replaceAll("-+$", "");
    return fitting.isEmpty() || fitting.matches("[0-9-]+") ? "my-server" : fitting;
  }

  private String host() {
    String host = words.getFirst().replaceFirst("(?i)https?://", "").replaceFirst("[:/?].*", "");
    if (host.matches("[0-9.]+") || host.equals("localhost")) {
      return "";
    }
    List<String> labels = new ArrayList<>(List.of(host.split("\\.")));
    labels.removeIf(label -> label.equals("mcp") || label.equals("api") || label.equals("www"));
    return labels.isEmpty() ? host : labels.getFirst();
  }

  private String program() {
    for (String word : words) {
      String base = word.substring(word.lastIndexOf('/') + 1);
      if (!word.startsWith("-") && !LAUNCHERS.contains(base)) {
        return base.replaceFirst("(?<=.)@.*$", "").replaceFirst("\\.(mjs|js|ts|py|jar|sh)$", "");
      }
    }
    return "";
  }
}
