package dev.mcpguard.rego.builtins.x509;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Reads elements of DER (X.690) one after the other out of a part of an array. Strict: lengths are definite and
 * minimal, tags fit one byte. It never recurses by itself, so that the nesting of the bytes costs nothing.
 * Not thread-safe.
 */
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  private static final int MAX_NUMBER = 2_100;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;

  private Der(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  static Der of(byte[] bytes) {
    return new Der(bytes, 0, bytes.length);
  }

  /** A tag of the context, primitive. */
  static int context(int number) {
    return 0x80 | number;
  }

  /** A tag of the context that holds elements. */
  static int constructed(int number) {
    return 0xA0 | number;
  }

  boolean isEmpty() {
    return at == end;
  }

  boolean isNext(int tag) {
    return at < end && (bytes[at] & 0xFF) == tag;
  }

  /** The tag of the next element, or -1 at the end. */
  int tag() {
    return at < end ? bytes[at] & 0xFF : -1;
  }

  /** All bytes of this part, whatever was read of them. */
  byte[] all() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** The content of the next element. */
  Der read(int tag, String what) {
    if (!isNext(tag)) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    return readAny(what);
  }

  /** The content of the next element, whatever its tag is. */
  Der readAny(String what) {
    int head = headLength(what);
    long length = length(what);
    if (length > end - at - head) {
      throw X509Exception.malformed("x509: malformed " + what + ": the bytes end too early");
    }
    Der content = new Der(bytes, at + head, at + head + (int) length);
    at = content.end;
    return content;
  }

  /** The next element with its tag and length; the content is read from the result. */
  Der element(int tag, String what) {
    int from = at;
    read(tag, what);
    return new Der(bytes, from, at);
  }

  void skipOptional(int tag, String what) {
    if (isNext(tag)) {
      read(tag, what);
    }
  }

  private int headLength(String what) {
    if (end - at < 2 || (bytes[at] & 0x1F) == 0x1F) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    int first = bytes[at + 1] & 0xFF;
    int head = first < 0x80 ? 2 : 2 + (first & 0x7F);
    if (first == 0x80 || head > 6 || head > end - at) {
      throw X509Exception.malformed("x509: malformed " + what + ": the length is not definite");
    }
    return head;
  }

  private long length(String what) {
    int first = bytes[at + 1] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    long length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = length << 8 | bytes[at + 2 + i] & 0xFF;
    }
    if (length < 0x80 || bytes[at + 2] == 0) {
      throw X509Exception.malformed("x509: malformed " + what + ": the length is not minimal");
    }
    return length;
  }

  BigInteger number(String what) {
    return number(INTEGER, what);
  }

  BigInteger number(int tag, String what) {
    byte[] digits = read(tag, what).all();
    boolean padded =
        digits.length > 1 && (digits[0] == 0 && digits[1] >= 0 || digits[0] == -1 && digits[1] < 0);
    if (digits.length == 0 || padded) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    if (digits.length > MAX_NUMBER) {
      throw X509Exception.unsupported("a number of " + digits.length + " bytes in the " + what);
    }
    return new BigInteger(digits);
  }

  long longNumber(String what) {
    return longNumber(INTEGER, what);
  }

  long longNumber(int tag, String what) {
    BigInteger number = number(tag, what);
    if (number.bitLength() > 63) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    return number.longValue();
  }

  boolean bool(String what) {
    byte[] value = read(BOOLEAN, what).all();
    if (value.length != 1 || value[0] != 0 && value[0] != -1) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    return value[0] != 0;
  }

  Oid oid(String what) {
    return Oid.parse(read(OID, what).all(), what);
  }

  /** The bits of a bit string; the last byte may have unused ones, which are zero. */
  Bits bits(String what) {
    byte[] value = read(BIT_STRING, what).all();
    int unused = value.length == 0 ? 8 : value[0] & 0xFF;
    boolean wrong = unused > 7 || value.length == 1 && unused > 0;
    if (wrong || value.length > 1 && (value[value.length - 1] & (1 << unused) - 1) != 0) {
      throw X509Exception.malformed("x509: malformed " + what);
    }
    return new Bits(Arrays.copyOfRange(value, 1, value.length), unused);
  }

  /** A bit string. */
  record Bits(byte[] bytes, int unused) {
    boolean at(int index) {
      return index < bytes.length * 8 - unused && (bytes[index / 8] >> 7 - index % 8 & 1) != 0;
    }

    /** Shifted so that unused bits come first. */
    byte[] rightAligned() {
      if (unused == 0) {
        return bytes;
      }
      byte[] shifted = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        int above = i == 0 ? 0 : bytes[i - 1] & 0xFF;
        shifted[i] = (byte) ((bytes[i] & 0xFF) >> unused | above << 8 - unused);
      }
      return shifted;
    }
  }

  /** Text of ASCII only. */
  static String ascii(Der content, String what) {
    byte[] bytes = content.all();
    for (byte b : bytes) {
      if (b < 0) {
        throw X509Exception.malformed("x509: " + what + " is malformed: not ascii");
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  Instant time() {
    boolean utc = isNext(UTC_TIME);
    String text = ascii(read(utc ? UTC_TIME : GENERALIZED_TIME, "time"), "time");
    int digits = utc ? 12 : 14;
    if (!text.matches("[0-9]{" + digits + "}Z")) {
      if (text.matches("[0-9]{" + (digits - 2) + "}([0-9]{2})?(Z|[+-][0-9]{4})")) {
        throw X509Exception.unsupported("the time `" + text + "`");
      }
      throw X509Exception.malformed("x509: malformed time");
    }
    // RFC 5280, 4.1.2.5.1: two digits mean 1950 to 2049.
    String full = utc ? (text.charAt(0) >= '5' ? "19" : "20") + text : text;
    int[] parts = new int[5];
    for (int i = 0; i < 5; i++) {
      parts[i] = Integer.parseInt(full.substring(4 + 2 * i, 6 + 2 * i));
    }
    try {
      int year = Integer.parseInt(full.substring(0, 4));
      return LocalDateTime.of(year, parts[0], parts[1], parts[2], parts[3], parts[4])
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw X509Exception.malformed("x509: malformed time: " + e.getMessage());
    }
  }
}
