package dev.mcpguard.rego.builtins.x509;

import java.util.Locale;

/** Rules about domain names in certificates, those of Go's crypto/x509. */
final class DomainNames {
  private DomainNames() {}

  /** If a name or, with an optional dot before it, a constraint has labels of visible characters only. */
  static boolean isValid(String name, boolean constraint) {
    if (name.isEmpty()) {
      return true;
    }
    String bare = constraint && name.startsWith(".") ? name.substring(1) : name;
    for (String label : bare.split("\\.", -1)) {
      if (label.isEmpty() || label.chars().anyMatch(c -> c < 33 || c > 126)) {
        return false;
      }
    }
    return true;
  }

  /** If a constraint covers a name: a dot before it asks for one more label. */
  static boolean covers(String constraint, String name) {
    if (constraint.isEmpty()) {
      return true;
    }
    String tail = constraint.toLowerCase(Locale.ROOT);
    String whole = name.toLowerCase(Locale.ROOT);
    if (tail.startsWith(".")) {
      return whole.endsWith(tail);
    }
    return whole.equals(tail) || whole.endsWith("." + tail);
  }

  /** If a wildcard may stand for a name that the constraint excludes. */
  static boolean wildcardReaches(String constraint, String name) {
    return name.startsWith("*") && !parent(constraint).isEmpty() && parent(constraint).equals(parent(name));
  }

  private static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }

  static boolean isAddress4(String text) {
    String part = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    return text.matches(part + "(\\." + part + "){3}");
  }

  /** If one of a certificate's names, perhaps with a wildcard as its first label, is the host. */
  static boolean matches(String pattern, String host) {
    String wanted = lower(host);
    String bare = wanted.endsWith(".") ? wanted.substring(0, wanted.length() - 1) : wanted;
    if (!isHost(bare, false) || !isHost(pattern, true)) {
      boolean empty = pattern.isEmpty() || pattern.equals(".") || wanted.isEmpty() || wanted.equals(".");
      return !empty && lower(pattern).equals(wanted);
    }
    String[] parts = lower(pattern).split("\\.", -1);
    String[] hostParts = bare.split("\\.", -1);
    if (parts.length != hostParts.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      boolean wildcard = i == 0 && parts[0].equals("*");
      if (!wildcard && !parts[i].equals(hostParts[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHost(String host, boolean pattern) {
    if (host.isEmpty() || host.equals("*")) {
      return false;
    }
    String bare = pattern && host.startsWith("*.") ? host.substring(2) : host;
    for (String label : bare.split("\\.", -1)) {
      if (!label.matches("[A-Za-z0-9_][A-Za-z0-9_-]*")) {
        return false;
      }
    }
    return true;
  }

  /** Only ASCII letters change: case folding beyond them makes different names the same. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 32));
      }
    }
    return lower.toString();
  }
}
