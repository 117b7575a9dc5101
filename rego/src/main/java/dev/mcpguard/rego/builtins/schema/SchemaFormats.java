package dev.mcpguard.rego.builtins.schema;

import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Formats of strings; one that is not known matches. */
final class SchemaFormats {
  private static final Map<String, Pattern> FORMS =
      Map.of(
          "ipv4", Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.|$)){4}"),
          "uuid", Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
          "email", Pattern.compile("[^@\\s]+@[^@\\s]+"),
          "hostname", Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*\\.?"),
          "ipv6", Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]+"),
          "json-pointer", Pattern.compile("(?:/(?:[^~/]|~0|~1)*)*"));
  private static final int MAX_LENGTH = 10_000;

  private SchemaFormats() {}

  static boolean matches(String format, String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    Pattern form = FORMS.get(format);
    if (form != null) {
      return form.matches(text);
    }
    try {
      switch (format) {
        case "date" -> LocalDate.parse(text);
        case "time" -> LocalTime.parse(text.replaceFirst("(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$", ""));
        case "date-time" -> OffsetDateTime.parse(text);
        case "regex" -> SchemaCheck.compile(text);
        case "uri" -> {
          return new URI(text).isAbsolute();
        }
        case "uri-reference" -> new URI(text);
        default -> {}
      }
      return true;
    } catch (DateTimeParseException | URISyntaxException | SchemaException e) {
      return false;
    }
  }
}
