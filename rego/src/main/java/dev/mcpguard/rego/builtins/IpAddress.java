package dev.mcpguard.rego.builtins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address of 32 or 128 bits. Read without asking any name service; IPv4 in IPv6 counts as IPv4,
 * as in Go.
 */
record IpAddress(BigInteger value, int bits) implements Comparable<IpAddress> {
  private static final BigInteger MAPPED = BigInteger.valueOf(0xFFFF).shiftLeft(32);

  static @Nullable IpAddress parse(String text) {
    if (text.length() > 64) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      BigInteger value = parse4(text);
      return value == null ? null : new IpAddress(value, 32);
    }
    BigInteger value = parse6(text);
    if (value == null) {
      return null;
    }
    boolean mapped = value.shiftRight(32).equals(MAPPED.shiftRight(32));
    return mapped ? new IpAddress(value.subtract(MAPPED), 32) : new IpAddress(value, 128);
  }

  private static @Nullable BigInteger parse4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    long value = 0;
    for (String part : parts) {
      boolean digits = !part.isEmpty() && part.length() <= 3 && isDigits(part);
      if (!digits || part.length() > 1 && part.charAt(0) == '0' || Integer.parseInt(part) > 255) {
        return null;
      }
      value = value << 8 | Integer.parseInt(part);
    }
    return BigInteger.valueOf(value);
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable BigInteger parse6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      List<Integer> groups = groups(text);
      return groups == null || groups.size() != 8 ? null : join(groups);
    }
    List<Integer> head = groups(text.substring(0, gap));
    List<Integer> tail = groups(text.substring(gap + 2));
    if (head == null || tail == null || head.size() + tail.size() > 7) {
      return null;
    }
    List<Integer> all = new ArrayList<>(head);
    for (int i = head.size() + tail.size(); i < 8; i++) {
      all.add(0);
    }
    all.addAll(tail);
    return join(all);
  }

  private static @Nullable List<Integer> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        BigInteger four = parse4(parts[i]);
        if (four == null) {
          return null;
        }
        groups.add(four.intValue() >>> 16);
        groups.add(four.intValue() & 0xFFFF);
      } else {
        boolean hex = parts[i].chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
        if (parts[i].isEmpty() || parts[i].length() > 4 || !hex) {
          return null;
        }
        groups.add(Integer.parseInt(parts[i], 16));
      }
    }
    return groups;
  }

  private static BigInteger join(List<Integer> groups) {
    BigInteger value = BigInteger.ZERO;
    for (int group : groups) {
      value = value.shiftLeft(16).or(BigInteger.valueOf(group));
    }
    return value;
  }

  @Override
  public int compareTo(IpAddress other) {
    return wide().compareTo(other.wide());
  }

  private BigInteger wide() {
    return bits == 32 ? value.add(MAPPED) : value;
  }

  @Override
  public String toString() {
    if (bits == 32) {
      int four = value.intValue();
      return (four >>> 24) + "." + (four >> 16 & 255) + "." + (four >> 8 & 255) + "." + (four & 255);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = value.shiftRight(16 * (7 - i)).intValue() & 0xFFFF;
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && groups[i + run] == 0) {
        run++;
      }
      if (run > length) {
        start = i;
        length = run;
      }
    }
    return print(groups, start, length);
  }

  private static String print(int[] groups, int start, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        out.append("::");
        i += length - 1;
        continue;
      }
      if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
        out.append(':');
      }
      out.append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }
}
