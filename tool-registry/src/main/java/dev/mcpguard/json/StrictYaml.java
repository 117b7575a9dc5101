package dev.mcpguard.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads configuration: the part of YAML 1.2 that is JSON with comments and indentation (the JSON
 * schema of YAML 1.2). Refuses tags, anchors, aliases, duplicate names, names that are no text,
 * several documents, lone surrogates, and files beyond 1 MiB or depth 64. Stateless and
 * thread-safe.
 */
public final class StrictYaml {
  /** The longest file, in bytes. */
  public static final int LONGEST_FILE = 1 << 20;

  private StrictYaml() {}

  /** Reads a file; a file that cannot be read is a finding too. */
  public static YamlDocument parse(Path file) throws ConfigException {
    return parse(file, file.toString());
  }

  /** Reads a file, naming it {@code fileName} in findings. */
  public static YamlDocument parse(Path file, String fileName) throws ConfigException {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(LONGEST_FILE + 1);
    } catch (IOException unreadable) {
      throw refuse(fileName, 0, "cannot be read", "check that it exists and its permissions");
    }
    return parse(bytes, fileName);
  }

  public static YamlDocument parse(String text, String fileName) throws ConfigException {
    return parse(text.getBytes(StandardCharsets.UTF_8), fileName);
  }

  public static YamlDocument parse(byte[] bytes, String fileName) throws ConfigException {
    if (bytes.length > LONGEST_FILE) {
      throw refuse(fileName, 0, "longer than " + LONGEST_FILE + " bytes", "split it");
    }
    try {
      String text = StrictUtf8.decode(bytes, 0, bytes.length);
      return new YamlTreeBuilder(fileName, text).document();
    } catch (MalformedJsonException notText) {
      throw refuse(fileName, notText.line(), notText.problem(), "save it as UTF-8");
    } catch (MarkedYamlEngineException notYaml) {
      int line = notYaml.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      throw refuse(fileName, line, "not valid yaml: " + notYaml.getProblem(), "");
    } catch (YamlEngineException | IllegalArgumentException notYaml) {
      // the library lets a number format error through for an escape without its digits
      throw refuse(fileName, 0, "not valid yaml", "check it with a yaml editor");
    }
  }

  static ConfigException refuse(String file, int line, String problem, String advice) {
    return new ConfigException(List.of(new Finding(file, line, "", problem, advice)));
  }
}
