package dev.mcpguard.rego.builtins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges networks that touch or overlap into the fewest that cover the same addresses. */
final class NetworkMerge {
  private NetworkMerge() {}

  /**
   * A run of addresses.
   *
   * @param network the network it stands for, null once it is merged from several
   */
  private record Range(IpAddress first, IpAddress last, @Nullable IpNetwork network) {
    boolean touches(Range earlier) {
      return earlier.last.bits() == first.bits()
          && first.value().subtract(BigInteger.ONE).compareTo(earlier.last.value()) <= 0;
    }
  }

  static List<IpNetwork> merge(List<IpNetwork> networks) {
    List<Range> ranges = new ArrayList<>();
    networks.forEach(network -> ranges.add(new Range(network.first(), network.last(), network)));
    ranges.sort(Comparator.comparing(Range::last).thenComparing(Range::first));
    List<IpNetwork> merged = new ArrayList<>();
    Range current = null;
    for (int i = ranges.size() - 1; i >= 0; i--) {
      Range earlier = ranges.get(i);
      if (current != null && current.touches(earlier)) {
        boolean lower = earlier.first.compareTo(current.first) < 0;
        current = new Range(lower ? earlier.first : current.first, current.last, null);
      } else {
        add(merged, current);
        current = earlier;
      }
    }
    add(merged, current);
    return merged;
  }

  private static void add(List<IpNetwork> merged, @Nullable Range range) {
    if (range == null) {
      return;
    }
    if (range.network != null) {
      merged.add(range.network);
      return;
    }
    int bits = range.first.bits();
    BigInteger at = range.first.value();
    while (at.compareTo(range.last.value()) <= 0) {
      int aligned = at.signum() == 0 ? bits : Math.min(bits, at.getLowestSetBit());
      BigInteger left = range.last.value().subtract(at).add(BigInteger.ONE);
      int host = Math.min(aligned, left.bitLength() - 1);
      merged.add(new IpNetwork(new IpAddress(at, bits), bits - host));
      at = at.add(BigInteger.ONE.shiftLeft(host));
    }
  }
}
