package dev.mcpguard.rego.builtins.x509;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the extensions of one certificate say (RFC 5280, 4.2). Filled once, then only read. */
final class ExtensionFields {
  private static final String OCSP = "1.3.6.1.5.5.7.48.1";
  private static final String ISSUERS = "1.3.6.1.5.5.7.48.2";

  /** A policy of the issuer that is one of the subject. */
  record PolicyMapping(Oid issuer, Oid subject) {}

  int keyUsage;
  boolean basicConstraints;
  boolean authority;
  long maxPathLength;
  AlternativeNames names = AlternativeNames.NONE;
  boolean hasNames;
  @Nullable NameConstraints constraints;
  final List<String> revocationLists = new ArrayList<>();
  byte @Nullable [] authorityKeyId;
  byte @Nullable [] subjectKeyId;
  @Nullable Long requireExplicitPolicy;
  @Nullable Long inhibitPolicyMapping;
  @Nullable Long inhibitAnyPolicy;
  final List<Integer> usages = new ArrayList<>();
  final List<Oid> unknownUsages = new ArrayList<>();
  @Nullable List<Oid> policies;
  final List<PolicyMapping> policyMappings = new ArrayList<>();
  final List<String> statusServers = new ArrayList<>();
  final List<String> issuerUrls = new ArrayList<>();
  final List<Oid> unhandled = new ArrayList<>();

  static ExtensionFields of(List<Extension> extensions) {
    ExtensionFields fields = new ExtensionFields();
    for (Extension extension : extensions) {
      if (!fields.read(extension) && extension.critical()) {
        fields.unhandled.add(extension.id());
      }
    }
    return fields;
  }

  /** If the extension is one whose meaning is known. */
  private boolean read(Extension extension) {
    Der value = Der.of(extension.value());
    switch (extension.id().text()) {
      case "2.5.29.14" -> {
        refuseCritical(extension, "subject key identifier");
        subjectKeyId = value.read(Der.OCTET_STRING, "subject key identifier").all();
      }
      case "2.5.29.15" -> readKeyUsage(value.bits("key usage"));
      case "2.5.29.17" -> {
        names = AlternativeNames.parse(extension.value());
        hasNames = true;
        return !names.isEmpty();
      }
      case "2.5.29.19" -> readBasicConstraints(value.read(Der.SEQUENCE, "basic constraints"));
      case "2.5.29.30" -> {
        NameConstraints read = NameConstraints.parse(extension.value(), extension.critical());
        constraints = read;
        return !read.unhandled();
      }
      case "2.5.29.31" -> readDistribution(value.read(Der.SEQUENCE, "CRL distribution points"));
      case "2.5.29.32" -> readPolicies(value.read(Der.SEQUENCE, "certificate policies"));
      case "2.5.29.33" -> readMappings(value.read(Der.SEQUENCE, "policy mappings"));
      case "2.5.29.35" -> {
        refuseCritical(extension, "authority key identifier");
        Der key = value.read(Der.SEQUENCE, "authority key identifier");
        authorityKeyId = key.isNext(0x80) ? key.read(0x80, "authority key identifier").all() : null;
      }
      case "2.5.29.36" -> readPolicyConstraints(value.read(Der.SEQUENCE, "policy constraints"));
      case "2.5.29.37" -> readUsages(value.read(Der.SEQUENCE, "extended key usages"));
      case "2.5.29.54" -> inhibitAnyPolicy = value.longNumber("inhibit any policy");
      case "1.3.6.1.5.5.7.1.1" -> {
        refuseCritical(extension, "authority info access");
        readAccess(value.read(Der.SEQUENCE, "authority info access"));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void refuseCritical(Extension extension, String what) {
    if (extension.critical()) {
      throw X509Exception.malformed("x509: " + what + " incorrectly marked critical");
    }
  }

  private void readKeyUsage(Der.Bits bits) {
    for (int i = 0; i < 9; i++) {
      keyUsage |= bits.at(i) ? 1 << i : 0;
    }
  }

  private void readBasicConstraints(Der fields) {
    basicConstraints = true;
    authority = fields.isNext(Der.BOOLEAN) && fields.bool("basic constraints");
    maxPathLength = -1;
    if (fields.isNext(Der.INTEGER)) {
      maxPathLength = fields.longNumber("basic constraints");
      // our own word for "no limit" must not be what a certificate can say
      if (maxPathLength < 0) {
        throw X509Exception.malformed("x509: invalid basic constraints");
      }
    }
  }

  private void readDistribution(Der points) {
    while (!points.isEmpty()) {
      Der point = points.read(Der.SEQUENCE, "CRL distribution point");
      if (!point.isNext(0xA0)) {
        continue;
      }
      Der full = point.read(0xA0, "CRL distribution point").read(0xA0, "CRL distribution point");
      while (full.isNext(0x86)) {
        revocationLists.add(url(full.read(0x86, "CRL distribution point")));
      }
    }
  }

  /** Go takes any bytes; ours are texts. */
  private static String url(Der content) {
    try {
      return Der.ascii(content, "URL");
    } catch (X509Exception e) {
      throw X509Exception.unsupported("a URL beyond ascii");
    }
  }

  private void readPolicies(Der list) {
    Set<Oid> seen = new LinkedHashSet<>();
    while (!list.isEmpty()) {
      Der policy = list.read(Der.SEQUENCE, "certificate policies");
      Oid id = Oid.parseWide(policy.read(Der.OID, "certificate policies").all(), "certificate policies");
      if (!seen.add(id)) {
        throw X509Exception.malformed("x509: invalid certificate policies: one is there twice");
      }
    }
    policies = List.copyOf(seen);
  }

  private void readMappings(Der list) {
    while (!list.isEmpty()) {
      Der both = list.read(Der.SEQUENCE, "policy mappings");
      Oid issuer = Oid.parseWide(both.read(Der.OID, "policy mappings").all(), "policy mappings");
      Oid subject = Oid.parseWide(both.read(Der.OID, "policy mappings").all(), "policy mappings");
      policyMappings.add(new PolicyMapping(issuer, subject));
    }
  }

  private void readPolicyConstraints(Der fields) {
    if (fields.isNext(0x80)) {
      requireExplicitPolicy = fields.longNumber(0x80, "policy constraints");
    }
    if (fields.isNext(0x81)) {
      inhibitPolicyMapping = fields.longNumber(0x81, "policy constraints");
    }
  }

  private void readUsages(Der list) {
    while (!list.isEmpty()) {
      Oid id = list.oid("extended key usages");
      Integer usage = KEY_USAGES.get(id.text());
      if (usage == null) {
        unknownUsages.add(id);
      } else {
        usages.add(usage);
      }
    }
  }

  private void readAccess(Der list) {
    while (!list.isEmpty()) {
      Der access = list.read(Der.SEQUENCE, "authority info access");
      String method = access.oid("authority info access").text();
      if (!access.isNext(0x86)) {
        continue;
      }
      Der location = access.read(0x86, "authority info access");
      if (method.equals(OCSP)) {
        statusServers.add(url(location));
      } else if (method.equals(ISSUERS)) {
        issuerUrls.add(url(location));
      }
    }
  }

  private static final Map<String, Integer> KEY_USAGES =
      Map.ofEntries(
          Map.entry("2.5.29.37.0", 0),
          Map.entry("1.3.6.1.5.5.7.3.1", 1),
          Map.entry("1.3.6.1.5.5.7.3.2", 2),
          Map.entry("1.3.6.1.5.5.7.3.3", 3),
          Map.entry("1.3.6.1.5.5.7.3.4", 4),
          Map.entry("1.3.6.1.5.5.7.3.5", 5),
          Map.entry("1.3.6.1.5.5.7.3.6", 6),
          Map.entry("1.3.6.1.5.5.7.3.7", 7),
          Map.entry("1.3.6.1.5.5.7.3.8", 8),
          Map.entry("1.3.6.1.5.5.7.3.9", 9),
          Map.entry("1.3.6.1.4.1.311.10.3.3", 10),
          Map.entry("2.16.840.1.113730.4.1", 11),
          Map.entry("1.3.6.1.4.1.311.2.1.22", 12),
          Map.entry("1.3.6.1.4.1.311.61.1.1", 13));
}
