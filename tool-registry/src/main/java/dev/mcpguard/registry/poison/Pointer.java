package dev.mcpguard.registry.poison;

/** JSON pointers (RFC 6901). */
final class Pointer {
  private Pointer() {}

  static String child(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  static boolean inside(String place, String parent) {
    return place.startsWith(parent)
        && (place.length() == parent.length() || place.charAt(parent.length()) == '/');
  }
}
