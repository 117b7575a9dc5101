package dev.mcpguard.system;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A JSON value as it was written: members keep their order and repetitions, numbers their digits.
 * Independent of the guard's own parser on purpose.
 */
sealed interface Json {
  record Member(String name, Json value) {}

  record Obj(List<Member> members) implements Json {
    public Obj {
      members = List.copyOf(members);
    }

    @Override
    public String toString() {
      return members.stream()
          .map(member -> new Str(member.name()) + ":" + member.value())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  record Arr(List<Json> elements) implements Json {
    public Arr {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return elements.stream().map(Json::toString).collect(Collectors.joining(",", "[", "]"));
    }
  }

  record Str(String value) implements Json {
    @Override
    public String toString() {
      StringBuilder out = new StringBuilder("\"");
      for (int index = 0; index < value.length(); index++) {
        char each = value.charAt(index);
        if (each == '"' || each == '\\') {
          out.append('\\').append(each);
        } else if (each < ' ' || Character.isSurrogate(each)) {
          out.append(String.format("\\u%04x", (int) each));
        } else {
          out.append(each);
        }
      }
      return out.append('"').toString();
    }
  }

  /** A number, true, false or null: the text of it. */
  record Word(String text) implements Json {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Reads one document; throws {@link JsonReader.Unreadable} for anything that is not strict JSON.
   */
  static Json read(String text) {
    return new JsonReader(text).document();
  }

  /** The one member of that name; empty when absent, or not an object, or repeated. */
  default Optional<Json> get(String name) {
    if (!(this instanceof Obj object)) {
      return Optional.empty();
    }
    List<Member> found =
        object.members().stream().filter(member -> member.name().equals(name)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst().value()) : Optional.empty();
  }

  /** Follows {@code names} inwards. */
  default Optional<Json> at(String... names) {
    Optional<Json> here = Optional.of(this);
    for (String name : names) {
      here = here.flatMap(value -> value.get(name));
    }
    return here;
  }

  /** The text of the string found by {@code names}. */
  default Optional<String> textAt(String... names) {
    return at(names)
        .flatMap(
            value -> value instanceof Str string ? Optional.of(string.value()) : Optional.empty());
  }
}
