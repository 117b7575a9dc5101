package dev.mcpguard.registry;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file path that can mean only one place: components without {@code .}, {@code ..}, separators of
 * other systems, percent signs, or characters that look or normalise like something else. Whatever
 * cannot be read so without asking the file system is no canonical path. Compared byte for byte,
 * whole components only. Immutable.
 *
 * <p>Links inside an allowed folder are the server's to refuse: the guard cannot see them.
 */
public record CanonicalPath(boolean absolute, List<String> components) {
  private static final int LONGEST = 4096;

  public CanonicalPath {
    components = List.copyOf(components);
  }

  /** The path so spelled, or null when it cannot be made canonical. */
  public static @Nullable CanonicalPath ofText(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !charactersAreSafe(text)) {
      return null;
    }
    boolean absolute = text.startsWith("/");
    // `//server/share` is another machine on some systems
    if (text.startsWith("//")) {
      return null;
    }
    List<String> components = new ArrayList<>();
    for (String component : text.split("/", -1)) {
      if (component.isEmpty() || component.equals(".")) {
        continue;
      }
      if (!componentIsSafe(component, !absolute && components.isEmpty())) {
        return null;
      }
      components.add(component);
    }
    return new CanonicalPath(absolute, components);
  }

  private static boolean charactersAreSafe(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // a percent sign may be decoded later, once or twice, by whoever opens the file
      if (c == '\\' || c == '%' || Character.isISOControl(c)) {
        return false;
      }
      int type = Character.getType(c);
      if (type == Character.FORMAT
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        return false;
      }
    }
    return Normalizer.isNormalized(text, Normalizer.Form.NFKC);
  }

  private static boolean componentIsSafe(String component, boolean first) {
    // some systems drop trailing dots and spaces, so `..`, `...` and `.. ` are the same step up
    if (component.endsWith(".") || component.endsWith(" ") || component.startsWith(" ")) {
      return false;
    }
    // `~` is somebody's home, `C:` is a drive, `file:` is a scheme
    return !first || (!component.startsWith("~") && component.indexOf(':') < 0);
  }

  /** Whether the other path is this folder or below it. */
  public boolean contains(CanonicalPath other) {
    return absolute == other.absolute
        && components.size() <= other.components.size()
        && components.equals(other.components.subList(0, components.size()));
  }
}
