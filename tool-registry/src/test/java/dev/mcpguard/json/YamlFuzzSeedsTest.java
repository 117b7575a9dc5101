package dev.mcpguard.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the YAML fuzz target over its seeds (threat B7); {@code src/test/fuzz/run} looks for more. */
class YamlFuzzSeedsTest {
  @TestFactory
  List<DynamicTest> everySeedKeepsTheInvariantsOfItsTarget() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/StrictYaml"))) {
      return files
          .sorted()
          .map(
              seed ->
                  DynamicTest.dynamicTest(
                      seed.getFileName().toString(),
                      () -> StrictYamlFuzzTarget.fuzzerTestOneInput(Files.readAllBytes(seed))))
          .toList();
    }
  }
}
