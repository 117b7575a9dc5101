package dev.mcpguard.front.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Content types, encodings and {@code Accept}, in any case: recognised or refused (threat C10). */
final class Media {
  private static final Pattern JSON =
      Pattern.compile("application/json(\\s*;\\s*charset\\s*=\\s*\"?utf-8\"?)?\\s*");

  private static final Pattern REFUSED =
      Pattern.compile(".*;\\s*q\\s*=\\s*0(\\.0*)?\\s*(;.*)?");

  private Media() {}

  /** What is wrong with how the body is written, or null. */
  static @Nullable String fault(HttpHeaders headers) {
    List<String> types = headers.getAll("content-type");
    if (types.size() != 1 || !json(lower(types.getFirst()))) {
      return "the content type is not application/json in utf-8";
    }
    for (String encoding : headers.getAll("content-encoding")) {
      if (!lower(encoding).equals("identity")) {
        return "the body is encoded";
      }
    }
    return null;
  }

  private static boolean json(String type) {
    return type.equals("application/json") || JSON.matcher(type).matches();
  }

  /** Whether the client takes this type; without any {@code Accept} it takes JSON only. */
  static boolean accepts(HttpHeaders headers, String type) {
    List<String> accept = headers.getAll("accept");
    if (accept.isEmpty()) {
      return type.equals("application/json");
    }
    String family = type.substring(0, type.indexOf('/')) + "/*";
    for (String line : accept) {
      for (String range : lower(line).split(",", 32)) {
        String name = range.split(";", 2)[0].strip();
        boolean named = name.equals(type) || name.equals(family) || name.equals("*/*");
        if (named && !refused(range)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean refused(String range) {
    return range.indexOf(';') >= 0 && REFUSED.matcher(range).matches();
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
