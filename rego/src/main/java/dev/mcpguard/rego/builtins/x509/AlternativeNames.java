package dev.mcpguard.rego.builtins.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The names of the subject (RFC 5280, 4.2.1.6) that Go reads; others are left out as Go does. Immutable. */
record AlternativeNames(
    List<String> dns, List<String> emails, List<byte[]> addresses, List<ResourceName> uris) {
  static final AlternativeNames NONE =
      new AlternativeNames(List.of(), List.of(), List.of(), List.of());
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  AlternativeNames {
    dns = List.copyOf(dns);
    emails = List.copyOf(emails);
    addresses = List.copyOf(addresses);
    uris = List.copyOf(uris);
  }

  static AlternativeNames parse(byte[] extension) {
    Der names = Der.of(extension).read(Der.SEQUENCE, "subject alternative names");
    List<String> dns = new ArrayList<>();
    List<String> emails = new ArrayList<>();
    List<byte[]> addresses = new ArrayList<>();
    List<ResourceName> uris = new ArrayList<>();
    while (!names.isEmpty()) {
      int tag = names.tag();
      Der name = names.readAny("subject alternative name");
      switch (tag) {
        case 0x81 -> emails.add(Der.ascii(name, "SAN rfc822Name"));
        case 0x82 -> dns.add(Der.ascii(name, "SAN dNSName"));
        case 0x86 -> uris.add(ResourceName.parse(Der.ascii(name, "SAN uniformResourceIdentifier")));
        case 0x87 -> addresses.add(address(name.all()));
        default -> {
          // Names of directories and others have no field.
        }
      }
    }
    return new AlternativeNames(dns, emails, addresses, uris);
  }

  private static byte[] address(byte[] bytes) {
    if (bytes.length != 4 && bytes.length != 16) {
      throw X509Exception.malformed("x509: cannot parse IP address of length " + bytes.length);
    }
    if (bytes.length == 16 && Arrays.equals(bytes, 0, 12, MAPPED, 0, 12)) {
      throw X509Exception.unsupported("an IPv4 address within IPv6");
    }
    return bytes;
  }

  boolean isEmpty() {
    return dns.isEmpty() && emails.isEmpty() && addresses.isEmpty() && uris.isEmpty();
  }
}
