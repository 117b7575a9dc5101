package dev.mcpguard.rego.builtins;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network.
 *
 * @param address as written, its host bits included where the writer gave no prefix
 */
record IpNetwork(IpAddress address, int prefix) {
  static @Nullable IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || text.length() > 80) {
      return null;
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    String length = text.substring(slash + 1);
    boolean digits = !length.isEmpty() && length.length() <= 3 && length.chars().allMatch(c -> c >= '0' && c <= '9');
    if (address == null || !digits) {
      return null;
    }
    boolean mapped = text.substring(0, slash).indexOf(':') >= 0 && address.bits() == 32;
    int prefix = Integer.parseInt(length) - (mapped ? 96 : 0);
    if (prefix < 0 || prefix > address.bits()) {
      return null;
    }
    return new IpNetwork(address, prefix).masked();
  }

  private BigInteger hostMask() {
    return BigInteger.ONE.shiftLeft(address.bits() - prefix).subtract(BigInteger.ONE);
  }

  private IpNetwork masked() {
    return new IpNetwork(first(), prefix);
  }

  IpAddress first() {
    return new IpAddress(address.value().andNot(hostMask()), address.bits());
  }

  IpAddress last() {
    return new IpAddress(address.value().or(hostMask()), address.bits());
  }

  boolean contains(IpAddress other) {
    return other.bits() == address.bits()
        && other.value().andNot(hostMask()).equals(address.value().andNot(hostMask()));
  }

  boolean contains(IpNetwork other) {
    return contains(other.first()) && contains(other.last());
  }

  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
