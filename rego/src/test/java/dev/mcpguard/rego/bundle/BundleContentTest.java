package dev.mcpguard.rego.bundle;

import static dev.mcpguard.rego.bundle.Refusals.MODULE;
import static dev.mcpguard.rego.bundle.Refusals.assertRefused;
import static dev.mcpguard.rego.bundle.Refusals.read;
import static dev.mcpguard.rego.bundle.Refusals.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mcpguard.rego.Rego;
import dev.mcpguard.rego.bundle.RefusedBundleException.Reason;
import dev.mcpguard.rego.value.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sound archives whose files are no bundle: roots, data, documents and manifests. */
class BundleContentTest {
  @Test
  void rootsAreHeld() {
    assertRefused(
        Reason.CONTENT, "outside the roots", with(".manifest", "{\"roots\":[\"other\"]}"));
    assertRefused(
        Reason.CONTENT, "outside the roots",
        new TarForge().file("m.rego", MODULE).file(".manifest", "{\"roots\":[\"a/b\"]}")
            .file("a/data.json", "{\"c\":1}").archive());
    assertRefused(
        Reason.CONTENT, "overlap", with(".manifest", "{\"roots\":[\"a/b\",\"a\"]}"));
    assertRefused(Reason.CONTENT, "overlap", with(".manifest", "{\"roots\":[\"a\",\"/a/\"]}"));
    assertRefused(Reason.CONTENT, "overlap", with(".manifest", "{\"roots\":[\"a\",\"\"]}"));
  }

  @Test
  void dataThatIsGivenTwiceIsRefused() {
    byte[] archive =
        new TarForge().file("m.rego", MODULE).file("data.json", "{\"x\":{\"z\":1}}")
            .file("x/data.yaml", "z: 2\n").archive();
    assertRefused(Reason.CONTENT, "another data file", archive);
    assertRefused(
        Reason.CONTENT, "another data file",
        new TarForge().file("x/data.json", "{\"z\":1}").file("x/data.yaml", "z: 1\n").archive());
  }

  @Test
  void dataUnderARuleIsAConflict() {
    var policy =
        Rego.create().module("m", "package a\n\nb := 1\n\nc.d := 2\n")
            .data(Values.parseJson("{\"a\":{\"b\":true,\"c\":{\"x\":1}}}")).compile().orThrow();
    assertEquals(List.of("data.a.b"), DataConflicts.of(policy));
    var above =
        Rego.create().module("m", "package a.b\n\nc := 1\n")
            .data(Values.parseJson("{\"a\":7}")).compile().orThrow();
    assertEquals(List.of("data.a.b.c"), DataConflicts.of(above));
  }

  @Test
  void documentsThatCanBeReadTwoWaysAreRefused() {
    for (String json : List.of("{\"x\":1,\"x\":2}", "{\"x\":1}{}", "{\"x\":\"\\ud800\"}", "{x:1}", "[1]", "1", "",
        "\ufeff{}", "{\"x\":01}", "{\"x\":NaN}")) {
      assertRefused(Reason.CONTENT, "data.json", with("data.json", json));
    }
    for (String yaml : List.of("x: 1\nx: 2\n", "x: 1\n---\nx: 2\n", "- 1\n", "x: [\n", "x: &a [*a]\n", "yes: 1\ntrue: 2\n",
        "a: &a {x: 1}\nb: {<<: *a}\n")) {
      assertRefused(Reason.CONTENT, "data.yaml", with("data.yaml", yaml));
    }
    byte[] notText = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    assertRefused(
        Reason.CONTENT, "UTF-8", new TarForge().entry("data.json", '0', notText).archive());
    assertRefused(Reason.CONTENT, "UTF-8", new TarForge().entry("m.rego", '0', notText).archive());
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertRefused(Reason.CONTENT, "data.json", with("data.json", deep));
  }

  @Test
  void manifestsThatSayMoreThanIsKnownAreRefused() {
    for (String manifest :
        List.of(
            "{\"revision\":1}", "{\"roots\":\"a\"}", "{\"roots\":[]}", "{\"roots\":[1]}", "[]",
            "{\"rego_version\":0}", "{\"file_rego_versions\":{\"m.rego\":0}}", "{\"new\":1}",
            "{\"metadata\":1}", "{\"wasm\":[{\"entrypoint\":\"a/b\",\"module\":\"policy.wasm\"}]}",
            "{\"revision\":\"1\",\"revision\":\"2\"}")) {
      RefusedBundleException refused =
          assertThrows(RefusedBundleException.class, () -> read(with(".manifest", manifest)), manifest);
      assertEquals(Reason.CONTENT, refused.reason());
    }
    for (String name :
        List.of("a/.manifest", "x.manifest", "a/.signatures.json", "x.signatures.json", "policy.wasm",
            "plan.json", "patch.json", "a/policy.wasm", "m.REGO")) {
      assertRefused(Reason.CONTENT, name, with(name, "{}"));
    }
  }
}
