package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.BooleanValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI among the names of a certificate, taken apart as Go's net/url does. Only those that Go writes back as
 * they were: with a scheme, without escapes, user, empty query or address in brackets. Immutable.
 */
record ResourceName(String scheme, String opaque, String host, boolean omitHost, String path, String query, String fragment) {
  private static final String PLAIN = "[A-Za-z0-9._~$&+,/:;=@-]";
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*):(" + PLAIN + "+)(?:\\?([A-Za-z0-9._~$&+,/:;=@?-]+))?"
              + "(?:#([A-Za-z0-9._~$&+,/:;=@?-]+))?");

  static ResourceName parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw X509Exception.unsupported("the URI `" + text + "`");
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    String rest = form.group(2);
    String query = form.group(3) == null ? "" : form.group(3);
    String fragment = form.group(4) == null ? "" : form.group(4);
    if (!rest.startsWith("/")) {
      return new ResourceName(scheme, rest, "", false, "", query, fragment);
    }
    if (!rest.startsWith("//")) {
      return new ResourceName(scheme, "", "", true, rest, query, fragment);
    }
    int slash = rest.indexOf('/', 2);
    String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    String path = slash < 0 ? "" : rest.substring(slash);
    boolean port = host.indexOf(':') < 0 || host.matches("[^:]*:[0-9]*");
    if (host.indexOf('@') >= 0 || !port || host.isEmpty() && path.isEmpty()) {
      throw X509Exception.unsupported("the URI `" + text + "`");
    }
    if (!host.isEmpty() && !DomainNames.isValid(host, false)) {
      throw X509Exception.malformed("x509: cannot parse URI `" + text + "`: invalid domain");
    }
    return new ResourceName(scheme, "", host, false, path, query, fragment);
  }

  String text() {
    String authority = opaque.isEmpty() && !omitHost ? "//" + host : "";
    return scheme + ":" + opaque + authority + path
        + (query.isEmpty() ? "" : "?" + query)
        + (fragment.isEmpty() ? "" : "#" + fragment);
  }

  /** The host without its port, in lower case. */
  String domain() {
    int colon = host.indexOf(':');
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
  }

  ObjectValue toValue() {
    return ObjectValue.builder()
        .put("Scheme", StringValue.of(scheme))
        .put("Opaque", StringValue.of(opaque))
        .put("User", NullValue.NULL)
        .put("Host", StringValue.of(host))
        .put("Path", StringValue.of(path))
        .put("RawPath", StringValue.EMPTY)
        .put("OmitHost", BooleanValue.of(omitHost))
        .put("ForceQuery", BooleanValue.FALSE)
        .put("RawQuery", StringValue.of(query))
        .put("Fragment", StringValue.of(fragment))
        .put("RawFragment", StringValue.EMPTY)
        .build();
  }
}
