package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what the loader loads. */
final class ReadmeTest {
  @Test
  void manifestOfTheReadmeLoads() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme);
    yaml.find();
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("payments.yaml", yaml.group(1).getBytes(StandardCharsets.UTF_8));
    RegistrySnapshot snapshot = RegistryLoader.load(new ManifestFiles(files));
    assertNotNull(snapshot.find("payments", "create_payment"));
    RegisteredTool report = Objects.requireNonNull(snapshot.find("payments", "report"));
    assertEquals(RiskClass.READ, report.riskClass());
  }
}
