package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What names the certificates under an authority may have (RFC 5280, 4.2.1.10). Immutable.
 *
 * @param unhandled if there are constraints of names that cannot be checked
 */
record NameConstraints(boolean critical, boolean unhandled, Names permitted, Names excluded) {
  /** The constraints of one direction. */
  record Names(
      List<String> dns, List<Network> networks, List<String> emails, List<String> uris, boolean others) {
    static final Names NONE = new Names(List.of(), List.of(), List.of(), List.of(), false);

    Names {
      dns = List.copyOf(dns);
      networks = List.copyOf(networks);
      emails = List.copyOf(emails);
      uris = List.copyOf(uris);
    }
  }

  /** A network by its address and mask. */
  record Network(byte[] address, byte[] mask) {
    boolean contains(byte[] other) {
      boolean inside = other.length == address.length;
      for (int i = 0; inside && i < address.length; i++) {
        inside = (address[i] & mask[i]) == (other[i] & mask[i]);
      }
      return inside;
    }

    ObjectValue toValue() {
      return ObjectValue.builder()
          .put("IP", StringValue.of(Fields.address(address)))
          .put("Mask", Fields.bytes(mask))
          .build();
    }
  }

  static NameConstraints parse(byte[] extension, boolean critical) {
    Der outer = Der.of(extension);
    Der both = outer.read(Der.SEQUENCE, "NameConstraints extension");
    Names permitted = both.isNext(0xA0) ? names(both.read(0xA0, "permitted names")) : Names.NONE;
    Names excluded = both.isNext(0xA1) ? names(both.read(0xA1, "excluded names")) : Names.NONE;
    if (!outer.isEmpty() || !both.isEmpty()) {
      throw X509Exception.malformed("x509: invalid NameConstraints extension");
    }
    if (permitted == Names.NONE && excluded == Names.NONE) {
      throw X509Exception.malformed("x509: empty name constraints extension");
    }
    boolean unhandled = permitted.others || excluded.others;
    return new NameConstraints(critical, unhandled, permitted, excluded);
  }

  private static Names names(Der subtrees) {
    if (subtrees.isEmpty()) {
      return Names.NONE;
    }
    List<String> dns = new ArrayList<>();
    List<Network> networks = new ArrayList<>();
    List<String> emails = new ArrayList<>();
    List<String> uris = new ArrayList<>();
    boolean others = false;
    while (!subtrees.isEmpty()) {
      Der subtree = subtrees.read(Der.SEQUENCE, "NameConstraints extension");
      int tag = subtree.tag();
      Der name = subtree.readAny("NameConstraints extension");
      switch (tag) {
        case 0x82 -> dns.add(domain(name));
        case 0x87 -> networks.add(network(name.all()));
        case 0x81 -> emails.add(email(name));
        case 0x86 -> uris.add(uriDomain(name));
        default -> others = true;
      }
    }
    return new Names(dns, networks, emails, uris, others);
  }

  private static String domain(Der name) {
    String domain = Der.ascii(name, "constraint");
    if (!DomainNames.isValid(domain, true)) {
      throw X509Exception.malformed("x509: failed to parse constraint `" + domain + "`");
    }
    return domain;
  }

  private static String email(Der name) {
    String email = Der.ascii(name, "constraint");
    if (email.indexOf('@') < 0) {
      return domain(name);
    }
    Mailbox.parse(email);
    return email;
  }

  private static String uriDomain(Der name) {
    String domain = domain(name);
    if (domain.indexOf(':') >= 0) {
      throw X509Exception.unsupported("the URI constraint `" + domain + "`");
    }
    if (DomainNames.isAddress4(domain)) {
      throw X509Exception.malformed("x509: a URI constraint cannot be an IP address");
    }
    return domain;
  }

  private static Network network(byte[] bytes) {
    int half = bytes.length / 2;
    if (bytes.length != 8 && bytes.length != 32) {
      throw X509Exception.malformed("x509: IP constraint contained value of length " + bytes.length);
    }
    byte[] mask = java.util.Arrays.copyOfRange(bytes, half, bytes.length);
    boolean ended = false;
    for (int bit = 0; bit < half * 8; bit++) {
      boolean set = (mask[bit / 8] >> 7 - bit % 8 & 1) != 0;
      if (set && ended) {
        throw X509Exception.malformed("x509: IP constraint contained an invalid mask");
      }
      ended |= !set;
    }
    return new Network(java.util.Arrays.copyOf(bytes, half), mask);
  }

  /** How many comparisons a check of the names takes at most. */
  long cost(AlternativeNames names) {
    long constraints = size(permitted) + size(excluded);
    long count = (long) names.dns().size() + names.emails().size();
    return constraints * (count + names.addresses().size() + names.uris().size());
  }

  private static long size(Names names) {
    return (long) names.dns.size() + names.networks.size() + names.emails.size() + names.uris.size();
  }

  /** If a certificate further down may have these names. */
  boolean allow(AlternativeNames names) {
    for (ResourceName uri : names.uris()) {
      if (uri.host().isEmpty() || DomainNames.isAddress4(uri.domain())) {
        return false;
      }
    }
    List<Mailbox> mailboxes = new ArrayList<>();
    for (String email : names.emails()) {
      try {
        mailboxes.add(Mailbox.parse(email));
      } catch (X509Exception e) {
        if (e.isUnsupported()) {
          throw e;
        }
        return false;
      }
    }
    return names.addresses().stream().allMatch(this::allowsAddress)
        && names.dns().stream().allMatch(this::allowsDomain)
        && names.uris().stream().allMatch(this::allowsUri)
        && mailboxes.stream().allMatch(this::allowsMailbox);
  }

  private boolean allowsAddress(byte[] address) {
    Predicate<Network> inside = network -> network.contains(address);
    return allowed(permitted.networks, inside, excluded.networks, inside);
  }

  private boolean allowsDomain(String name) {
    return DomainNames.isValid(name, false) && allowed(name, permitted.dns, excluded.dns);
  }

  private boolean allowsUri(ResourceName uri) {
    return DomainNames.isValid(uri.domain(), false)
        && allowed(uri.domain(), permitted.uris, excluded.uris);
  }

  private boolean allowsMailbox(Mailbox mailbox) {
    String domain = mailbox.domain();
    Predicate<String> permits =
        c -> c.indexOf('@') >= 0 ? Mailbox.parse(c).equals(mailbox) : DomainNames.covers(c, domain);
    Predicate<String> excludes =
        c -> permits.test(c) || c.indexOf('@') < 0 && DomainNames.wildcardReaches(c, domain);
    return allowed(permitted.emails, permits, excluded.emails, excludes);
  }

  private static boolean allowed(String name, List<String> permitted, List<String> excluded) {
    Predicate<String> covers = constraint -> DomainNames.covers(constraint, name);
    Predicate<String> reaches =
        constraint -> covers.test(constraint) || DomainNames.wildcardReaches(constraint, name);
    return allowed(permitted, covers, excluded, reaches);
  }

  private static <T> boolean allowed(
      List<T> permitted, Predicate<T> permits, List<T> excluded, Predicate<T> excludes) {
    return (permitted.isEmpty() || permitted.stream().anyMatch(permits))
        && excluded.stream().noneMatch(excludes);
  }

  /** An address of mail; the part after the `@` does not depend on case. */
  record Mailbox(String local, String domain) {
    static Mailbox parse(String text) {
      int at = text.indexOf('@');
      if (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0) {
        throw X509Exception.unsupported("a quoted address of mail");
      }
      String local = at < 0 ? "" : text.substring(0, at);
      String domain = text.substring(at + 1);
      boolean dots = local.startsWith(".") || local.endsWith(".") || local.contains("..");
      boolean plain = local.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+");
      if (at < 0 || dots || !plain || !DomainNames.isValid(domain, false)) {
        throw X509Exception.malformed("x509: failed to parse the address of mail `" + text + "`");
      }
      return new Mailbox(local, domain.toLowerCase(Locale.ROOT));
    }
  }
}
