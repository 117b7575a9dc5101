package dev.mcpguard.front;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mcpguard.downstream.http.EventStreamFuzzTarget;
import dev.mcpguard.front.http.HttpFramingFuzzTarget;
import dev.mcpguard.front.stdio.FrontDecoderFuzzTarget;
import dev.mcpguard.front.stdio.LinesFuzzTarget;
import dev.mcpguard.identity.CompactJwsFuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every fuzz target over its seeds, which hold each input that ever broke one (threats A12, C1 to
 * C4, C11, C16, D7, E7). {@code src/test/fuzz/run} looks for new ones.
 */
class FuzzSeedsTest {
  private static final Path SEEDS = Path.of("src/test/resources/fuzz");
  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "StrictJson", StrictJsonFuzzTarget::fuzzerTestOneInput,
          "FrontDecoder", FrontDecoderFuzzTarget::fuzzerTestOneInput,
          "Lines", LinesFuzzTarget::fuzzerTestOneInput,
          "HttpFraming", HttpFramingFuzzTarget::fuzzerTestOneInput,
          "CompactJws", CompactJwsFuzzTarget::fuzzerTestOneInput,
          "EventStream", EventStreamFuzzTarget::fuzzerTestOneInput);

  @TestFactory
  Stream<DynamicTest> everySeedKeepsTheInvariantsOfItsTarget() {
    return TARGETS.entrySet().stream()
        .flatMap(target -> tests(target.getKey(), target.getValue()));
  }

  private static Stream<DynamicTest> tests(String name, Consumer<byte[]> target) {
    List<Path> seeds = seeds(name);
    assertFalse(seeds.isEmpty(), name);
    return seeds.stream()
        .map(
            seed ->
                DynamicTest.dynamicTest(
                    name + " " + seed.getFileName(), () -> target.accept(Files.readAllBytes(seed))));
  }

  private static List<Path> seeds(String name) {
    try (Stream<Path> files = Files.list(SEEDS.resolve(name))) {
      return files.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
