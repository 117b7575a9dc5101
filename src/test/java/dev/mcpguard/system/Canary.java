package dev.mcpguard.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Looks for marked secrets in bytes and folders: as they are and in the disguises a leak usually
 * wears (base64 at each alignment, hexadecimal, UTF-16, percent-encoding). Immutable.
 */
final class Canary {
  private static final int SHORTEST = 8;

  /** One appearance: which secret, in which disguise, where and at which byte. */
  record Finding(String secret, String disguise, String place, int offset) {
    @Override
    public String toString() {
      return secret + " (" + disguise + ") in " + place + " at byte " + offset;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared; the arrays are the exact bytes.
  private record Form(String secret, String disguise, byte[] bytes) {}

  private final List<Form> forms = new ArrayList<>();

  private Canary(Map<String, String> secrets) {
    secrets.forEach(this::add);
  }

  /**
   * @param secrets name to value; the name stands in findings, the value never does
   */
  static Canary of(Map<String, String> secrets) {
    return new Canary(secrets);
  }

  private void add(String name, String value) {
    if (value.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "the secret " + name + " is too short to be told from chance");
    }
    byte[] plain = value.getBytes(StandardCharsets.UTF_8);
    disguises(value, plain)
        .forEach((disguise, bytes) -> forms.add(new Form(name, disguise, bytes)));
  }

  private static Map<String, byte[]> disguises(String value, byte[] plain) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("plain", plain);
    all.put("reversed", Bytes.of(new StringBuilder(value).reverse().toString()));
    all.put("utf-16be", value.getBytes(StandardCharsets.UTF_16BE));
    all.put("utf-16le", value.getBytes(StandardCharsets.UTF_16LE));
    String hex = HexFormat.of().formatHex(plain);
    all.put("hex", Bytes.of(hex));
    all.put("hex upper case", Bytes.of(hex.toUpperCase(Locale.ROOT)));
    all.put("percent", Bytes.of(HexFormat.of().withUpperCase().withPrefix("%").formatHex(plain)));
    for (int shift = 0; shift < 3; shift++) {
      all.put("base64 +" + shift, base64(plain, shift, Base64.getEncoder()));
      all.put("base64url +" + shift, base64(plain, shift, Base64.getUrlEncoder()));
    }
    return all;
  }

  /**
   * The characters that stand for {@code plain} alone when it begins {@code shift} bytes into a
   * group of three.
   */
  private static byte[] base64(byte[] plain, int shift, Base64.Encoder encoder) {
    byte[] shifted = Bytes.join(new byte[shift], plain);
    byte[] whole = Arrays.copyOf(shifted, shifted.length - shifted.length % 3);
    byte[] encoded = encoder.encode(whole);
    return Arrays.copyOfRange(encoded, shift == 0 ? 0 : 4, encoded.length);
  }

  List<Finding> search(String place, byte[] bytes) {
    List<Finding> found = new ArrayList<>();
    for (Form form : forms) {
      int at = Bytes.indexOf(bytes, form.bytes(), 0);
      if (at >= 0) {
        found.add(new Finding(form.secret(), form.disguise(), place, at));
      }
    }
    return found;
  }

  /**
   * All regular files below {@code folder}; a name ending in {@code .gz} is looked into as well.
   */
  List<Finding> searchFolder(Path folder) {
    List<Finding> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        found.addAll(search(file.toString(), bytes));
        if (file.toString().endsWith(".gz")) {
          byte[] content = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
          found.addAll(search(file + " unpacked", content));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  void assertAbsent(String place, byte[] bytes) {
    refuse(search(place, bytes));
  }

  void assertAbsent(Path folder) {
    refuse(searchFolder(folder));
  }

  private static void refuse(List<Finding> found) {
    if (!found.isEmpty()) {
      throw new AssertionError("secrets have leaked: " + found);
    }
  }
}
