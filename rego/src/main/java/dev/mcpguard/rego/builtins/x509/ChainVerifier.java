package dev.mcpguard.rego.builtins.x509;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds a chain from a leaf to a root by the rules of Go's {@code Certificate.Verify} (RFC 5280, 6), without
 * revocation. A certificate under an authority that demands explicit policies is refused, not judged.
 */
public final class ChainVerifier {
  // Go's limit too: certificates with one name and many keys would make the search exponential.
  private static final int MAX_CHECKS = 100;
  private static final int ANY_USAGE = 0;
  private static final int SIGNS_CERTIFICATES = 1 << 5;
  private static final int SIGNATURE_COST = 200;

  private final Certificate root;
  private final List<Certificate> intermediates;
  private final Wanted wanted;
  private final LongConsumer charge;
  private final List<List<Certificate>> chains = new ArrayList<>();
  private int checks;

  /**
   * What the chain must be good for.
   *
   * @param usages Go's numbers of extended key usages, one of which is enough
   * @param host the host that the leaf must name, or null
   * @param address the bytes of the host if it is an address, or null
   */
  public record Wanted(
      Instant now, List<Integer> usages, @Nullable String host, byte @Nullable [] address) {}

  private ChainVerifier(List<Certificate> certificates, Wanted wanted, LongConsumer charge) {
    root = certificates.getFirst();
    List<Certificate> between = new ArrayList<>();
    for (Certificate each : certificates.subList(1, certificates.size() - 1)) {
      if (between.stream().noneMatch(each::isSame)) {
        between.add(each);
      }
    }
    intermediates = List.copyOf(between);
    this.wanted = wanted;
    this.charge = charge;
  }

  /**
   * The first valid chain, from the leaf to the root, or null if there is none.
   *
   * @param certificates the root first, the leaf last, all between are intermediates
   * @param charge told of work that is done, in steps
   * @throws X509Exception if the answer depends on what is not checked here
   */
  public static @Nullable List<Certificate> verify(
      List<Certificate> certificates, Wanted wanted, LongConsumer charge) {
    return certificates.size() < 2
        ? null
        : new ChainVerifier(certificates, wanted, charge).verify(certificates.getLast());
  }

  private @Nullable List<Certificate> verify(Certificate leaf) {
    if (!isValid(leaf, List.of(), false) || !namesHost(leaf)) {
      return null;
    }
    if (leaf.isSame(root)) {
      chains.add(List.of(leaf));
    } else {
      extend(List.of(leaf));
    }
    for (List<Certificate> chain : chains) {
      refusePolicies(chain);
      if (allowsUsage(chain) && allowsNames(chain)) {
        return chain;
      }
    }
    return null;
  }

  private boolean namesHost(Certificate leaf) {
    String host = wanted.host();
    if (host == null || host.isEmpty()) {
      return true;
    }
    AlternativeNames names = leaf.fields.names;
    byte[] address = wanted.address();
    return address == null
        ? names.dns().stream().anyMatch(name -> DomainNames.matches(name, host))
        : names.addresses().stream().anyMatch(each -> Arrays.equals(each, address));
  }

  private boolean isValid(Certificate certificate, List<Certificate> below, boolean intermediate) {
    ExtensionFields fields = certificate.fields;
    if (!fields.unhandled.isEmpty()) {
      return false;
    }
    if (!below.isEmpty() && !Arrays.equals(below.getLast().rawIssuer, certificate.rawSubject)) {
      return false;
    }
    Instant now = wanted.now();
    if (now.isBefore(certificate.notBefore) || now.isAfter(certificate.notAfter)) {
      return false;
    }
    if (intermediate && !(fields.basicConstraints && fields.authority)) {
      return false;
    }
    boolean limited = fields.basicConstraints && fields.maxPathLength >= 0;
    return !limited || below.size() - 1 <= fields.maxPathLength;
  }

  private void extend(List<Certificate> chain) {
    Certificate child = chain.getLast();
    for (Certificate parent : parents(child, List.of(root))) {
      if (accepts(parent, chain, false)) {
        chains.add(longer(chain, parent));
      }
    }
    for (Certificate parent : parents(child, intermediates)) {
      if (accepts(parent, chain, true)) {
        extend(longer(chain, parent));
      }
    }
  }

  private static List<Certificate> longer(List<Certificate> chain, Certificate parent) {
    List<Certificate> longer = new ArrayList<>(chain);
    longer.add(parent);
    return List.copyOf(longer);
  }

  private boolean accepts(Certificate parent, List<Certificate> chain, boolean intermediate) {
    if (++checks > MAX_CHECKS) {
      return false;
    }
    boolean candidate =
        parent.publicKey.kind() != PublicKeyInfo.Kind.UNKNOWN && !isIn(parent, chain);
    return candidate && isSigned(chain.getLast(), parent) && isValid(parent, chain, intermediate);
  }

  private boolean isSigned(Certificate child, Certificate parent) {
    ExtensionFields fields = parent.fields;
    boolean authority = fields.basicConstraints ? fields.authority : parent.version != 3;
    boolean usage = fields.keyUsage == 0 || (fields.keyUsage & SIGNS_CERTIFICATES) != 0;
    if (!authority || !usage) {
      return false;
    }
    long bits = parent.publicKey.bits();
    charge.accept(SIGNATURE_COST + bits * bits / 20_000 + child.signedPart.length / 64);
    return child.scheme.verifies(parent.publicKey, child.signedPart, child.signature);
  }

  /** Same name, key and alternative names: keeps certificates that sign each other out of a circle. */
  private static boolean isIn(Certificate candidate, List<Certificate> chain) {
    for (Certificate each : chain) {
      boolean same =
          Arrays.equals(candidate.rawSubject, each.rawSubject)
              && Arrays.equals(candidate.publicKey.encoded(), each.publicKey.encoded());
      if (!same) {
        continue;
      }
      byte[] names = names(candidate);
      byte[] others = names(each);
      if (Arrays.equals(names, others)) {
        return true;
      }
      if (names == null || others == null) {
        return false;
      }
    }
    return false;
  }

  private static byte @Nullable [] names(Certificate certificate) {
    return certificate.extensions.stream()
        .filter(extension -> extension.id().text().equals("2.5.29.17"))
        .map(Extension::value)
        .findFirst()
        .orElse(null);
  }

  /** By name; those whose key is named by the child first, those with another key last. */
  private List<Certificate> parents(Certificate child, List<Certificate> from) {
    List<Certificate> named = new ArrayList<>();
    for (Certificate each : from) {
      charge.accept(1);
      if (Arrays.equals(each.rawSubject, child.rawIssuer)) {
        named.add(each);
      }
    }
    byte[] wantedKey = Objects.requireNonNullElse(child.fields.authorityKeyId, new byte[0]);
    named.sort(java.util.Comparator.comparingInt(each -> keyRank(each, wantedKey)));
    return named;
  }

  private static int keyRank(Certificate parent, byte[] wantedKey) {
    byte[] key = Objects.requireNonNullElse(parent.fields.subjectKeyId, new byte[0]);
    if (Arrays.equals(key, wantedKey)) {
      return 0;
    }
    return key.length == 0 || wantedKey.length == 0 ? 1 : 2;
  }

  private static void refusePolicies(List<Certificate> chain) {
    for (Certificate each : chain.subList(0, chain.size() - 1)) {
      if (each.fields.requireExplicitPolicy != null) {
        throw X509Exception.unsupported("a chain that requires explicit policies");
      }
    }
  }

  private boolean allowsUsage(List<Certificate> chain) {
    if (wanted.usages().contains(ANY_USAGE)) {
      return true;
    }
    List<Integer> left = new ArrayList<>(wanted.usages());
    for (Certificate each : chain.reversed()) {
      ExtensionFields fields = each.fields;
      boolean unlimited = fields.usages.isEmpty() && fields.unknownUsages.isEmpty();
      if (!unlimited && !fields.usages.contains(ANY_USAGE)) {
        left.retainAll(fields.usages);
      }
      if (left.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean allowsNames(List<Certificate> chain) {
    for (int below = 0; below < chain.size(); below++) {
      if (!chain.get(below).fields.hasNames) {
        continue;
      }
      AlternativeNames names = chain.get(below).fields.names;
      for (Certificate above : chain.subList(below + 1, chain.size())) {
        NameConstraints constraints = above.fields.constraints;
        if (constraints != null) {
          charge.accept(1 + constraints.cost(names));
          if (!constraints.allow(names)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
