package dev.mcpguard.rego.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.differential.OpaServer;
import dev.mcpguard.rego.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real OPA reads and verifies what we write and sign, and the other way round. */
class OpaBundleTest {
  private static final String MODULE = "package a.b\n\nimport data.a.c\n\nx := c.n\n";
  private static final String DATA =
      "{\"n\": 1.50, \"s\": \"<&>\\u2028\\u2029\\b\\f\\u0001\\u007f/\\\\\\\" \\ud83d\\ude00\", \"e\": 1e3,"
          + " \"E\": 1E+3, \"big\": 123456789012345678901234567890, \"neg\": -0, \"zero\": 0.00,"
          + " \"k\\u00e9\": 1, \"\\uffee\": 2, \"\\ud83d\\ude00\": 3, \"\": [], \"o\": {\"b\":{},\"a\":null}}";

  @TempDir Path folder = Path.of("");
  private Path opa = Path.of("");

  @BeforeEach
  void findOpa() {
    Path binary = OpaServer.binary();
    if (binary == null) {
      String message = "SKIPPED: no `opa` 1.14: bundles are not compared with OPA";
      System.err.println(message);
      Assumptions.abort(message);
      return;
    }
    opa = binary;
  }

  private record Run(int code, String output) {}

  private Run run(Path in, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(opa.toString()));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), text);
    }
  }

  private KeyPair pair(SignatureAlgorithm algorithm) throws Exception {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(algorithm.text().startsWith("ES") ? "EC" : "RSA");
    switch (algorithm) {
      case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
      case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
      case ES512 -> generator.initialize(new ECGenParameterSpec("secp521r1"));
      default -> generator.initialize(2048);
    }
    KeyPair pair = generator.generateKeyPair();
    Files.writeString(folder.resolve("public.pem"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    Files.writeString(
        folder.resolve("private.pem"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    return pair;
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN " + type + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END " + type + "-----\n";
  }

  private static List<SignatureAlgorithm> known() {
    return Stream.of(SignatureAlgorithm.values())
        .filter(each -> each != SignatureAlgorithm.EDDSA)
        .toList();
  }

  private SignatureRule verifying(String keyId, SignatureAlgorithm algorithm, String scope)
      throws IOException {
    String pem = Files.readString(folder.resolve("public.pem"));
    return new SignatureRule.Demanded(
        Map.of(keyId, VerifyingKey.ofPem(algorithm, pem)), null, scope, null, null);
  }

  @Test
  void opaVerifiesWhatWeSign() throws Exception {
    for (SignatureAlgorithm algorithm : known()) {
      KeyPair pair = pair(algorithm);
      SigningKey key = new SigningKey("release", algorithm, pair.getPrivate());
      Bundle bundle =
          Bundle.of(
              new Manifest("r7", List.of("a")), new TreeMap<>(Map.of("p/m.rego", MODULE)),
              Values.parseJson("{\"a\":{\"c\":" + DATA + "}}"));
      Path file = folder.resolve("ours.tar.gz");
      Files.write(file, bundle.archive(new BundleSigner(key, "prod", "ci", Instant.now())));
      String[] verify = {
        "build", "-b", "ours.tar.gz", "-o", "out.tar.gz", "--verification-key", "public.pem",
        "--verification-key-id", "release", "--signing-alg", algorithm.text(), "--scope", "prod"
      };
      Run good = run(folder, verify);
      assertEquals(0, good.code(), algorithm + ": " + good.output());
      verify[verify.length - 1] = "test";
      assertTrue(run(folder, verify).code() != 0, "the scope was not looked at");
      Files.write(file, bundle.archive());
      Run value = run(folder, "eval", "-b", "ours.tar.gz", "-f", "raw", "data.a.b.x");
      assertEquals("1.50", value.output().strip());
    }
  }

  @Test
  void weVerifyWhatOpaBuildsAndSigns() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("sources/a/c"));
    Files.writeString(sources.resolve("data.json"), DATA);
    Files.writeString(folder.resolve("sources/m.rego"), MODULE);
    for (SignatureAlgorithm algorithm : known()) {
      pair(algorithm);
      Run built =
          run(
              folder, "build", "-b", "sources", "-r", "r8", "-o", "theirs.tar.gz", "--signing-key",
              "private.pem", "--signing-alg", algorithm.text());
      assertEquals(0, built.code(), built.output());
      byte[] archive = Files.readAllBytes(folder.resolve("theirs.tar.gz"));
      Bundle bundle =
          new BundleReader(BundleLimits.standard(), verifying("default", algorithm, null))
              .read(archive, Instant.now());
      assertNotNull(bundle.signed());
      assertEquals("r8", bundle.manifest().revision());
      // What opa builds it writes for HTML, and a delete character bare.
      assertEquals(
          Values.parseJson("{\"a\":{\"c\":" + DATA + "}}"), bundle.data(), algorithm.text());
    }
  }

  @Test
  void weVerifyFoldersThatOpaSigned() throws Exception {
    pair(SignatureAlgorithm.RS256);
    Path sources = Files.createDirectories(folder.resolve("signed"));
    SortedMap<String, String> files = new TreeMap<>();
    files.put("m.rego", MODULE);
    files.put("a/c/data.json", DATA);
    files.put(
        "a/d/data.yaml",
        "yes: no\nn: 1.0\nx: 0x10\nf: 1e3\nm: 1_000\nt: 2020-01-01\nnothing: ~\ns: 'yes'\n"
            + "l: [a, 1.50, -0, .5]\nbig: 12345678901234567890123\n\"\\u2028\": \"\\u2029<\"\n");
    files.put("a/e/data.yml", "q: 1\n");
    files.put("README.md", "hello\n");
    files.put(".manifest", "{ \"roots\": [\"a\"], \"revision\": \"r9\", \"metadata\": {\"z\": 1e2}}");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = sources.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.writeString(folder.resolve("claims.json"), "{\"keyid\":\"k1\",\"scope\":\"prod\"}");
    Run signed =
        run(
            sources, "sign", "--bundle", ".", "--signing-key", "../private.pem", "--claims-file",
            "../claims.json", "-o", ".");
    assertEquals(0, signed.code(), signed.output());
    TarForge forge = new TarForge();
    files.forEach((path, text) -> forge.file("./" + path, text));
    forge.file("./.signatures.json", Files.readString(sources.resolve(".signatures.json")));
    Bundle bundle =
        new BundleReader(
                BundleLimits.standard(), verifying("k1", SignatureAlgorithm.RS256, "prod"))
            .read(forge.archive(), Instant.now());
    assertEquals("r9", bundle.manifest().revision());
    Files.delete(sources.resolve(".signatures.json"));
    Run read = run(sources, "eval", "-b", ".", "-f", "raw", "data.a.d");
    assertEquals(
        Values.parseJson(read.output()),
        ((dev.mcpguard.rego.value.ObjectValue) bundle.data().get("a")).get("d"));
  }
}
