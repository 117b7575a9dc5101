package dev.mcpguard.rego.bundle;

import static dev.mcpguard.rego.bundle.Refusals.MODULE;
import static dev.mcpguard.rego.bundle.Refusals.assertRefused;
import static dev.mcpguard.rego.bundle.Refusals.read;
import static dev.mcpguard.rego.bundle.Refusals.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.rego.bundle.RefusedBundleException.Reason;
import dev.mcpguard.rego.value.Values;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Archives that are no bundle, or that two readers would unpack differently. */
class HostileBundleTest {
  private static final byte[] NOTHING = new byte[0];

  @Test
  void plainBundleIsReadWhoeverPackedIt() throws Exception {
    byte[] archive =
        new TarForge()
            .entry("./", '5', NOTHING)
            .entry("./a/", '5', NOTHING)
            .file("./a/data.json", "{\"x\": 1.50}")
            .file("/m.rego", MODULE)
            .file("README.md", "hello")
            .file("/.manifest", "{\"revision\":\"7\",\"roots\":[\"a\"],\"metadata\":{\"k\":[1]}}")
            .archive();
    Bundle bundle = read(archive);
    assertEquals("7", bundle.manifest().revision());
    assertEquals(List.of("a"), bundle.manifest().roots());
    assertEquals("{\"k\":[1]}", Values.toJson(bundle.manifest().metadata()));
    assertEquals(Map.of("m.rego", MODULE), bundle.modules());
    assertEquals("{\"a\":{\"x\":1.50}}", Values.toJson(bundle.data()));
    assertEquals(Map.of("a/data.json", "{\"x\": 1.50}"), bundle.documents());
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    String longPath = "a-folder-of-a-long-name/".repeat(6) + "m.rego";
    Bundle made =
        Bundle.of(
            new Manifest("r1", List.of("a")),
            new TreeMap<>(Map.of("m.rego", MODULE, longPath, MODULE)),
            Values.parseJson("{\"a\":{\"x\":[1,true,null]}}"));
    Bundle back = read(made.archive());
    assertEquals(made, back);
    assertTrue(Arrays.equals(made.archive(), back.archive()));
  }

  @Test
  void pathsThatLeaveTheRootAreRefused() {
    for (String path :
        List.of(
            "../m.rego", "a/../../m.rego", "a/..", "..", "//etc/passwd", "/../m.rego", "a//m.rego",
            "./../m.rego", "././m.rego", "a/./m.rego", "a\\..\\m.rego", "C:\\m.rego", "a\nb.rego",
            "/./m.rego")) {
      assertRefused(Reason.ARCHIVE, "plain relative path", with(path, MODULE));
    }
    assertRefused(Reason.ARCHIVE, "without a name", with("", MODULE));
    assertRefused(Reason.ARCHIVE, "without a name", with("/", MODULE));
    assertRefused(Reason.ARCHIVE, "without a name", with("a/", MODULE));
  }

  @Test
  void pathHiddenInAnExtendedHeaderIsJudgedToo() {
    byte[] evil = TarForge.pax("path", "../m.rego");
    assertRefused(
        Reason.ARCHIVE, "plain relative path",
        new TarForge().entry("x", 'x', evil).file("m.rego", MODULE).archive());
    assertRefused(
        Reason.ARCHIVE, "plain relative path",
        new TarForge()
            .entry("././@LongLink", 'L', "../m.rego\0".getBytes(StandardCharsets.US_ASCII))
            .file("m.rego", MODULE).archive());
    assertRefused(
        Reason.ARCHIVE, "plain relative path",
        new TarForge().entry("x", 'x', TarForge.pax("path", "a\0b.rego")).file("m.rego", MODULE)
            .archive());
    assertRefused(
        Reason.ARCHIVE, "not UTF-8",
        new TarForge().raw(new byte[] {'a', (byte) 0xff}, '0', NOTHING, header -> {}).archive());
  }

  @Test
  void longPathsOfPaxAndGnuAreTaken() throws Exception {
    String path = "a/".repeat(60) + "m.rego";
    byte[] pax =
        new TarForge().entry("x", 'x', TarForge.pax("path", path)).file("short.rego", MODULE).archive();
    byte[] gnu =
        new TarForge().entry("././@LongLink", 'L', (path + "\0").getBytes(StandardCharsets.US_ASCII))
            .file("short.rego", MODULE).archive();
    assertEquals(Map.of(path, MODULE), read(pax).modules());
    assertEquals(Map.of(path, MODULE), read(gnu).modules());
  }

  @Test
  void headersThatCouldShowAnotherContentAreRefused() {
    for (String key : List.of("size", "linkpath", "GNU.sparse.name", "hdrcharset", "SCHILY.realsize")) {
      assertRefused(
          Reason.ARCHIVE, "extended tar header",
          new TarForge().entry("x", 'x', TarForge.pax(key, "9")).file("m.rego", MODULE).archive());
    }
    assertRefused(
        Reason.ARCHIVE, "extended tar header",
        new TarForge().entry("x", 'g', TarForge.pax("path", "m.rego")).file("x", MODULE).archive());
    for (String records : List.of("", "9", "99 path=m\n", "0 path=m\n", "10 pathxm\n\n", "8 path=m\n")) {
      if (!records.isEmpty()) {
        assertRefused(
            Reason.ARCHIVE, "malformed",
            new TarForge().entry("x", 'x', records.getBytes(StandardCharsets.US_ASCII))
                .file("m.rego", MODULE).archive());
      }
    }
    byte[] twice =
        new TarForge().entry("x", 'x', TarForge.pax("path", "a.rego"))
            .entry("L", 'L', "b.rego".getBytes(StandardCharsets.US_ASCII))
            .file("m.rego", MODULE).archive();
    assertRefused(Reason.ARCHIVE, "two long paths", twice);
    assertRefused(
        Reason.ARCHIVE, "has no file",
        new TarForge().file("m.rego", MODULE).entry("x", 'x', TarForge.pax("path", "a")).archive());
  }

  @Test
  void linksAndDevicesAreRefused() {
    for (char type : "1234567SKDMNVX".toCharArray()) {
      if (type != '5') {
        assertRefused(
            Reason.ARCHIVE, "no plain file",
            new TarForge().file("m.rego", MODULE).entry("link", type, NOTHING).archive());
      }
    }
    assertRefused(
        Reason.ARCHIVE, "a folder with content",
        new TarForge().entry("a/", '5', "x".getBytes(StandardCharsets.US_ASCII)).archive());
  }

  @Test
  void onePathTwiceIsRefusedHoweverItIsWritten() {
    for (String again : List.of("m.rego", "/m.rego", "./m.rego")) {
      assertRefused(Reason.ARCHIVE, "there twice", with(again, "package other\n"));
    }
    assertRefused(Reason.ARCHIVE, "there twice", with("m.rego/data.json", "{}"));
    assertRefused(
        Reason.ARCHIVE, "there twice",
        new TarForge().file("a", "x").entry("a/", '5', NOTHING).archive());
  }

  @Test
  void damagedAndCutArchivesAreRefused() throws Exception {
    byte[] good = new TarForge().file("m.rego", MODULE).archive();
    read(good);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(RefusedBundleException.class, () -> read(cut), () -> "cut at " + cut.length);
    }
    assertRefused(Reason.ARCHIVE, "ends early", new TarForge().file("m.rego", MODULE).unfinished());
    assertRefused(
        Reason.ARCHIVE, "ends early",
        new TarForge().file("m.rego", MODULE).bytes(new byte[512]).unfinished());
    assertRefused(Reason.ARCHIVE, "ends early", TarForge.gzip(NOTHING));
    assertRefused(Reason.ARCHIVE, "no gzip", "hello, this is text".getBytes(StandardCharsets.UTF_8));
    byte[] checksum = good.clone();
    checksum[good.length - 8] ^= 1;
    assertRefused(Reason.ARCHIVE, "checksum", checksum);
  }

  @Test
  void nothingMayFollowTheEnd() {
    byte[] good = new TarForge().file("m.rego", MODULE).archive();
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(good);
    two.writeBytes(new TarForge().file("n.rego", "package n\n").archive());
    assertRefused(Reason.ARCHIVE, "bytes follow", two.toByteArray());
    assertRefused(Reason.ARCHIVE, "bytes follow", Arrays.copyOf(good, good.length + 1));
    assertRefused(
        Reason.ARCHIVE, "bytes follow",
        new TarForge().file("m.rego", MODULE).bytes(new byte[1024]).file("n.rego", MODULE).archive());
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    for (String size : List.of("77777777777", "00000002000")) {
      byte[] archive =
          new TarForge().raw(
                  "m.rego".getBytes(StandardCharsets.US_ASCII), '0', NOTHING,
                  header -> TarForge.put(header, 124, size))
              .archive();
      assertThrows(RefusedBundleException.class, () -> read(archive), size);
    }
    for (String size : List.of("-0000000001", "\u00ff\0\0\0\0\0\0\0\0\0\1", "0000000000x", "           ")) {
      assertRefused(
          Reason.ARCHIVE, "not octal",
          new TarForge().raw(
                  "m.rego".getBytes(StandardCharsets.US_ASCII), '0', NOTHING,
                  header -> TarForge.put(header, 124, size))
              .archive());
    }
    byte[] unnamed =
        new TarForge().raw(
                "m.rego".getBytes(StandardCharsets.US_ASCII), '0', NOTHING,
                header -> TarForge.put(header, 257, "\0\0\0\0\0\0"))
            .archive();
    assertRefused(Reason.ARCHIVE, "POSIX or GNU", unnamed);
  }

  @Test
  void bombsAreRefused() {
    assertRefused(Reason.LIMITS, "unpacks to more", TarForge.gzip(new byte[64 << 20]));
    TarForge many = new TarForge();
    for (int i = 0; i < 10_001; i++) {
      many.entry("f" + i, '5', NOTHING);
    }
    assertRefused(Reason.LIMITS, "more than 10000 entries", many.archive());
    byte[] longPath = TarForge.pax("path", "a/".repeat(127) + "mm");
    assertRefused(
        Reason.LIMITS, "longer than 255",
        new TarForge().entry("x", 'x', longPath).file("m.rego", MODULE).archive());
    BundleReader small =
        new BundleReader(
            BundleLimits.standard().withSizes(100, 1000), new SignatureRule.Unsigned());
    byte[] random = new byte[200];
    new Random(1).nextBytes(random);
    assertThrows(RefusedBundleException.class, () -> small.read(random, Instant.EPOCH));
  }
}
