package dev.mcpguard.rego.builtins;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Reads times by Go's layouts; gives nanoseconds since the epoch. */
final class GoTimeParser {
  private final String layout;
  private final String value;
  private int at;
  private int year;
  private int month = 1;
  private int day = 1;
  private int dayOfYear;
  private int hour;
  private int minute;
  private int second;
  private int nano;
  private int offset;
  private boolean afternoon;
  private boolean morning;

  private GoTimeParser(String layout, String value) {
    this.layout = layout;
    this.value = value;
  }

  static BigInteger parse(String layout, String value) {
    return new GoTimeParser(layout, value).parse();
  }

  private BigInteger parse() {
    List<GoLayout.Part> parts = GoLayout.parse(layout);
    for (int i = 0; i < parts.size(); i++) {
      GoLayout.Part part = parts.get(i);
      if (!part.field()) {
        literal(part.text());
        continue;
      }
      field(part);
      boolean seconds = part.text().equals("05") || part.text().equals("5");
      boolean fractionNext = i + 1 < parts.size() && parts.get(i + 1).isFraction();
      if (seconds && !fractionNext && isFraction(at)) {
        fraction(digitsEnd(at + 1, 100) - at - 1);
      }
    }
    if (at < value.length()) {
      throw error("extra text: " + value.substring(at));
    }
    return result();
  }

  private BigInteger result() {
    if (afternoon && hour < 12) {
      hour += 12;
    } else if (morning && hour == 12) {
      hour = 0;
    }
    try {
      LocalDate date =
          dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
      LocalDateTime time = LocalDateTime.of(date, LocalTime.of(hour, minute, second, nano));
      long seconds = time.toEpochSecond(ZoneOffset.UTC) - offset;
      return BigInteger.valueOf(seconds)
          .multiply(BigInteger.valueOf(1_000_000_000))
          .add(BigInteger.valueOf(nano));
    } catch (DateTimeException e) {
      throw error("day out of range");
    }
  }

  private void literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ') {
        if (at < value.length() && value.charAt(at) != ' ') {
          throw error("expected a space");
        }
        while (i + 1 < text.length() && text.charAt(i + 1) == ' ') {
          i++;
        }
        while (at < value.length() && value.charAt(at) == ' ') {
          at++;
        }
      } else if (at < value.length() && value.charAt(at) == c) {
        at++;
      } else {
        throw error("expected `" + c + "`");
      }
    }
  }

  private void field(GoLayout.Part part) {
    if (part.isFraction()) {
      fixedFraction(part.text());
      return;
    }
    switch (part.text()) {
      case "2006" -> year = number(4, 4, 0, 9999);
      case "06" -> {
        int short2 = number(2, 2, 0, 99);
        year = short2 >= 69 ? 1900 + short2 : 2000 + short2;
      }
      case "January" -> month = monthName(false);
      case "Jan" -> month = monthName(true);
      case "01" -> month = number(2, 2, 1, 12);
      case "1" -> month = number(1, 2, 1, 12);
      case "Monday" -> weekday(false);
      case "Mon" -> weekday(true);
      case "02" -> day = number(2, 2, 0, 31);
      case "2" -> day = number(1, 2, 0, 31);
      case "_2" -> day = spaced(2, 0, 31);
      case "002" -> dayOfYear = number(3, 3, 1, 366);
      case "__2" -> dayOfYear = spaced(3, 1, 366);
      case "15" -> hour = number(1, 2, 0, 23);
      case "03" -> hour = number(2, 2, 0, 12);
      case "3" -> hour = number(1, 2, 0, 12);
      case "04" -> minute = number(2, 2, 0, 59);
      case "4" -> minute = number(1, 2, 0, 59);
      case "05" -> second = number(2, 2, 0, 59);
      case "5" -> second = number(1, 2, 0, 59);
      case "PM" -> halfDay("AM", "PM");
      case "pm" -> halfDay("am", "pm");
      case "MST" -> zoneName();
      default -> zoneOffset(part.text());
    }
  }

  private int number(int least, int most, int low, int high) {
    int end = digitsEnd(at, most);
    if (end - at < least) {
      throw error("expected a number");
    }
    int number = Integer.parseInt(value.substring(at, end));
    if (number < low || number > high) {
      throw error("`" + number + "` is out of range");
    }
    at = end;
    return number;
  }

  private int spaced(int width, int low, int high) {
    int left = width;
    while (left > 1 && at < value.length() && value.charAt(at) == ' ') {
      at++;
      left--;
    }
    return number(1, left, low, high);
  }

  private int digitsEnd(int from, int most) {
    int end = from;
    while (end < value.length() && end - from < most && isDigit(end)) {
      end++;
    }
    return end;
  }

  private boolean isDigit(int index) {
    return index < value.length() && value.charAt(index) >= '0' && value.charAt(index) <= '9';
  }

  private boolean isFraction(int index) {
    return index < value.length()
        && (value.charAt(index) == '.' || value.charAt(index) == ',')
        && isDigit(index + 1);
  }

  private void fixedFraction(String field) {
    if (field.charAt(1) == '9') {
      if (isFraction(at)) {
        fraction(digitsEnd(at + 1, 100) - at - 1);
      }
      return;
    }
    int digits = field.length() - 1;
    if (!isFraction(at) || digitsEnd(at + 1, digits) - at - 1 < digits) {
      throw error("expected a fraction");
    }
    fraction(digits);
  }

  private void fraction(int digits) {
    String text = value.substring(at + 1, at + 1 + digits);
    nano = Integer.parseInt((text + "000000000").substring(0, 9));
    at += 1 + digits;
  }

  private int monthName(boolean cut) {
    for (Month candidate : Month.values()) {
      if (takeName(candidate.getDisplayName(TextStyle.FULL, Locale.ENGLISH), cut)) {
        return candidate.getValue();
      }
    }
    throw error("expected the name of a month");
  }

  private void weekday(boolean cut) {
    for (DayOfWeek candidate : DayOfWeek.values()) {
      if (takeName(candidate.getDisplayName(TextStyle.FULL, Locale.ENGLISH), cut)) {
        return;
      }
    }
    throw error("expected the name of a day");
  }

  private boolean takeName(String name, boolean cut) {
    String wanted = cut ? name.substring(0, 3) : name;
    boolean taken = value.regionMatches(true, at, wanted, 0, wanted.length());
    at += taken ? wanted.length() : 0;
    return taken;
  }

  private void halfDay(String before, String after) {
    afternoon = value.startsWith(after, at);
    morning = value.startsWith(before, at);
    if (!afternoon && !morning) {
      throw error("expected `" + after + "`");
    }
    at += 2;
  }

  private void zoneName() {
    GoZoneName zone = GoZoneName.at(value, at);
    if (zone == null) {
      throw error("expected a time zone");
    }
    // A name never moves the instant: Go keeps it as a place of unknown offset.
    at += zone.length();
  }

  private void zoneOffset(String field) {
    if (field.charAt(0) == 'Z' && value.startsWith("Z", at)) {
      at++;
      offset = 0;
      return;
    }
    boolean signed = value.startsWith("+", at) || value.startsWith("-", at);
    if (!signed) {
      throw error("expected an offset");
    }
    int sign = value.charAt(at++) == '-' ? -1 : 1;
    boolean colons = field.indexOf(':') >= 0;
    int digits = field.length() - 1 - (colons ? (field.length() - 1) / 3 : 0);
    int seconds = number(2, 2, 0, 24) * 3600;
    for (int unit = 60; digits > 2; digits -= 2, unit = 1) {
      if (colons) {
        literal(":");
      }
      seconds += number(2, 2, 0, 59) * unit;
    }
    offset = sign * seconds;
  }

  private BuiltinError error(String reason) {
    return BuiltinError.of(
        "parsing time \"" + value + "\" as \"" + layout + "\": " + reason + " at character " + (at + 1));
  }
}
