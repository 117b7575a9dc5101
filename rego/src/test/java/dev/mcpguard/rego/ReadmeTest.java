package dev.mcpguard.rego;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README compiles as it stands and does what it says. */
class ReadmeTest {
  private static final String IMPORTS =
      """
      import dev.mcpguard.rego.*;
      import dev.mcpguard.rego.value.*;
      import java.nio.file.*;
      import java.time.Instant;
      public class Example {
        public static boolean run() throws Exception {
      """;

  @TempDir private Path folder;

  @Test
  void theExampleCompilesAndDecides() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String code = readme.substring(readme.indexOf("```java") + 7);
    code = code.substring(0, code.indexOf("```"));
    assertTrue(code.lines().count() <= 12, "the example grew beyond ten lines");
    Path policy = folder.resolve("authz.rego");
    Files.writeString(policy, "package authz\n\nallow if input.user in data.admins\n");
    String source =
        IMPORTS
            + code.replace("Path.of(\"authz.rego\")", "Path.of(\"" + policy + "\")")
                .replace("/* allowed */", "return true;")
            + "\nreturn false; } }\n";
    assertEquals(true, compiled(source).getMethod("run").invoke(null));
  }

  private Class<?> compiled(String source) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///Example.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
          }
        };
    String classes = Path.of(Rego.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    List<String> options = List.of("-proc:none", "-cp", classes, "-d", folder.toString());
    boolean done = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertTrue(done, () -> messages + "\n" + source);
    URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, ReadmeTest.class.getClassLoader());
    return loader.loadClass("Example");
  }
}
