package dev.mcpguard.rego.builtins;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** Writes times by Go's layouts. */
final class GoTimeFormat {
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.US);

  private GoTimeFormat() {}

  static String format(String layout, ZonedDateTime time) {
    StringBuilder out = new StringBuilder();
    for (GoLayout.Part part : GoLayout.parse(layout)) {
      out.append(part.field() ? field(part, time) : part.text());
    }
    return out.toString();
  }

  private static String field(GoLayout.Part part, ZonedDateTime time) {
    if (part.isFraction()) {
      return fraction(part.text(), time.getNano());
    }
    int hour12 = (time.getHour() + 11) % 12 + 1;
    return switch (part.text()) {
      case "2006" -> number(time.getYear(), 4);
      case "06" -> number(Math.floorMod(time.getYear(), 100), 2);
      case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Jan" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
      case "01" -> number(time.getMonthValue(), 2);
      case "1" -> number(time.getMonthValue(), 1);
      case "Monday" -> weekday(time);
      case "Mon" -> weekday(time).substring(0, 3);
      case "02" -> number(time.getDayOfMonth(), 2);
      case "_2" -> padded(time.getDayOfMonth(), 2);
      case "2" -> number(time.getDayOfMonth(), 1);
      case "002" -> number(time.getDayOfYear(), 3);
      case "__2" -> padded(time.getDayOfYear(), 3);
      case "15" -> number(time.getHour(), 2);
      case "03" -> number(hour12, 2);
      case "3" -> number(hour12, 1);
      case "04" -> number(time.getMinute(), 2);
      case "4" -> number(time.getMinute(), 1);
      case "05" -> number(time.getSecond(), 2);
      case "5" -> number(time.getSecond(), 1);
      case "PM" -> time.getHour() >= 12 ? "PM" : "AM";
      case "pm" -> time.getHour() >= 12 ? "pm" : "am";
      case "MST" -> abbreviation(time);
      default -> offset(part.text(), time.getOffset().getTotalSeconds());
    };
  }

  static String weekday(ZonedDateTime time) {
    return time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String number(int number, int width) {
    String digits = Integer.toString(Math.abs(number));
    return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static String padded(int number, int width) {
    String digits = Integer.toString(number);
    return " ".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static String fraction(String field, int nanos) {
    String digits = number(nanos, 9) + "0".repeat(Math.max(0, field.length() - 10));
    String kept = digits.substring(0, field.length() - 1);
    if (field.charAt(1) == '0') {
      return field.charAt(0) + kept;
    }
    String trimmed = kept.replaceFirst("0+$", "");
    return trimmed.isEmpty() ? "" : field.charAt(0) + trimmed;
  }

  private static String offset(String field, int seconds) {
    boolean zulu = field.charAt(0) == 'Z';
    if (zulu && seconds == 0) {
      return "Z";
    }
    boolean colons = field.indexOf(':') >= 0;
    String separator = colons ? ":" : "";
    int digits = field.length() - 1 - (colons ? (field.length() - 1) / 3 : 0);
    int size = Math.abs(seconds);
    StringBuilder out = new StringBuilder(seconds < 0 ? "-" : "+").append(number(size / 3600, 2));
    if (digits >= 4) {
      out.append(separator).append(number(size / 60 % 60, 2));
    }
    if (digits >= 6) {
      out.append(separator).append(number(size % 60, 2));
    }
    return out.toString();
  }

  private static String abbreviation(ZonedDateTime time) {
    String name = ZONE.format(time);
    if (name.equals("Z")) {
      return "UTC";
    }
    boolean numeric = name.startsWith("GMT") && name.length() > 3 || name.indexOf(':') >= 0;
    if (!numeric) {
      return name;
    }
    int seconds = time.getOffset().getTotalSeconds();
    return offset(seconds / 60 % 60 == 0 ? "-07" : "-0700", seconds);
  }
}
