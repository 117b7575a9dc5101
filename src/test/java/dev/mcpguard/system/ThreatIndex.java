package dev.mcpguard.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which tests of this repository say that they prove which threat: by the ids that begin the name of a
 * test method ({@code a1_…}, {@code c1_c3_…}, {@code c11Framing…}) or end it ({@code …B9}), or by the ids in the Javadoc of the
 * class ({@code F1 to F3} is a range). Read from the sources, so that what is listed is what is there.
 */
final class ThreatIndex {
  private static final Pattern METHOD =
      Pattern.compile("void ((?:[a-f][0-9]{1,2}(?=[_A-Z]))(?:_?[A-Fa-f][0-9]{1,2}(?=[_A-Z]))*)\\w*\\(");
  private static final Pattern ENDING = Pattern.compile("void (\\w+?(?:_?[A-F][0-9]{1,2})+)\\(");
  private static final Pattern CLASS_DOC =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+[^\\n]*\\s+)*(?:final )?class ", Pattern.DOTALL);
  private static final Pattern RANGE = Pattern.compile("\\b([A-F])([0-9]{1,2}) to \\1([0-9]{1,2})\\b");
  private static final Pattern TAIL = Pattern.compile("(?:_?[A-F][0-9]{1,2})+$");
  private static final Pattern LOOSE_ID = Pattern.compile("[A-Fa-f][0-9]{1,2}");
  private static final Pattern ID = Pattern.compile("\\b[A-F][0-9]{1,2}\\b");

  private final Map<String, Set<String>> methods = new TreeMap<>();
  private final Map<String, Set<String>> classes = new TreeMap<>();

  static ThreatIndex of(Path repository) throws IOException {
    ThreatIndex index = new ThreatIndex();
    for (String module : List.of("rego", "tool-registry", "mcp-guard", "samples")) {
      index.readAll(repository.resolve(module).resolve("src/test/java"));
    }
    index.readAll(repository.resolve("src/test/java"));
    return index;
  }

  private void readAll(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
        read(file);
      }
    }
  }

  private void read(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".java", "");
    String source = Files.readString(file);
    named(METHOD.matcher(source), name);
    named(ENDING.matcher(source), name);
    Matcher doc = CLASS_DOC.matcher(source);
    if (doc.find()) {
      String text = doc.group(1).replaceAll("\\s*\\*\\s*", " ");
      Matcher range = RANGE.matcher(text);
      while (range.find()) {
        int last = Integer.parseInt(range.group(3));
        for (int number = Integer.parseInt(range.group(2)); number <= last; number++) {
          add(classes, range.group(1) + number, name);
        }
      }
      Matcher id = ID.matcher(text);
      while (id.find()) {
        add(classes, id.group(), name);
      }
    }
  }

  private void named(Matcher method, String testClass) {
    while (method.find()) {
      String whole = method.group().substring("void ".length(), method.group().length() - 1);
      Matcher id = LOOSE_ID.matcher(method.pattern() == METHOD ? method.group(1) : ending(whole));
      while (id.find()) {
        add(methods, id.group(), testClass + "." + whole);
      }
    }
  }

  private static String ending(String method) {
    Matcher tail = TAIL.matcher(method);
    return tail.find() ? tail.group() : "";
  }

  private static void add(Map<String, Set<String>> to, String id, String test) {
    to.computeIfAbsent(id.toUpperCase(Locale.ROOT), _ -> new TreeSet<>()).add(test);
  }

  /** The tests for a threat: methods by name, and classes that name it but have no such method. */
  Set<String> tests(String threat) {
    Set<String> all = new TreeSet<>(methods.getOrDefault(threat, Set.of()));
    for (String each : classes.getOrDefault(threat, Set.of())) {
      if (all.stream().noneMatch(method -> method.startsWith(each + "."))) {
        all.add(each);
      }
    }
    return all;
  }

  /** Every threat that some test names. */
  Set<String> named() {
    Set<String> all = new TreeSet<>(methods.keySet());
    all.addAll(classes.keySet());
    return all;
  }
}
