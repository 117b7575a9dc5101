package dev.mcpguard.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads RFC 8259 JSON strictly, except that repeated names are kept for the caller to see. Not
 * thread-safe.
 */
final class JsonReader {
  private static final Pattern WORD =
      Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  /** The text is not JSON. */
  static final class Unreadable extends RuntimeException {
    Unreadable(String what, int at) {
      super(what + " at character " + at);
    }
  }

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  Json document() {
    Json value = value();
    blanks();
    if (at < text.length()) {
      throw new Unreadable("text after the document", at);
    }
    return value;
  }

  private Json value() {
    blanks();
    return switch (at < text.length() ? text.charAt(at) : ' ') {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new Json.Str(string());
      default -> word();
    };
  }

  private Json object() {
    List<Json.Member> members = new ArrayList<>();
    at++;
    if (next('}')) {
      return new Json.Obj(members);
    }
    do {
      blanks();
      String name = string();
      expect(':');
      members.add(new Json.Member(name, value()));
    } while (next(','));
    expect('}');
    return new Json.Obj(members);
  }

  private Json array() {
    List<Json> elements = new ArrayList<>();
    at++;
    if (next(']')) {
      return new Json.Arr(elements);
    }
    do {
      elements.add(value());
    } while (next(','));
    expect(']');
    return new Json.Arr(elements);
  }

  private Json word() {
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (!word.lookingAt()) {
      throw new Unreadable("no value", at);
    }
    at = word.end();
    return new Json.Word(word.group());
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    expect('"');
    while (true) {
      char each = take();
      if (each == '"') {
        return out.toString();
      }
      if (each < ' ') {
        throw new Unreadable("control character in a string", at);
      }
      out.append(each == '\\' ? escape() : each);
    }
  }

  private char escape() {
    char each = take();
    if (each != 'u') {
      int index = ESCAPES.indexOf(each);
      if (index < 0) {
        throw new Unreadable("unknown escape", at);
      }
      return ESCAPED.charAt(index);
    }
    int code = 0;
    for (int digit = 0; digit < 4; digit++) {
      int value = Character.digit(take(), 16);
      if (value < 0) {
        throw new Unreadable("unknown escape", at);
      }
      code = code * 16 + value;
    }
    return (char) code;
  }

  private char take() {
    if (at >= text.length()) {
      throw new Unreadable("text ends too early", at);
    }
    return text.charAt(at++);
  }

  private boolean next(char wanted) {
    blanks();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!next(wanted)) {
      throw new Unreadable("`" + wanted + "` expected", at);
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
