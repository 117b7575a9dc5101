package dev.mcpguard.rego.builtins.x509;

import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.NullValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values as Go's encoding/json writes them: bytes in base64, what was never set as null. */
final class Fields {
  private Fields() {}

  static Value bytes(byte @Nullable [] bytes) {
    return bytes == null
        ? NullValue.NULL
        : StringValue.of(Base64.getEncoder().encodeToString(bytes));
  }

  static Value texts(List<String> texts) {
    return list(texts, StringValue::of);
  }

  /** Null for nothing, as a slice of Go that nothing was appended to. */
  static <T> Value list(List<T> elements, Function<? super T, ? extends Value> form) {
    if (elements.isEmpty()) {
      return NullValue.NULL;
    }
    List<Value> values = new ArrayList<>();
    elements.forEach(element -> values.add(form.apply(element)));
    return ArrayValue.of(values);
  }

  /** An address of 4 or 16 bytes, the longest run of zeros left out (RFC 5952). */
  static String address(byte[] bytes) {
    if (bytes.length == 4) {
      return (bytes[0] & 0xFF) + "." + (bytes[1] & 0xFF) + "." + (bytes[2] & 0xFF) + "." + (bytes[3] & 0xFF);
    }
    int from = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && group(bytes, i + run) == 0) {
        run++;
      }
      if (run > longest) {
        from = i;
        longest = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == from) {
        text.append("::");
        i += longest - 1;
        continue;
      }
      boolean joined = text.isEmpty() || text.charAt(text.length() - 1) == ':';
      text.append(joined ? "" : ":").append(Integer.toHexString(group(bytes, i)));
    }
    return text.toString();
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xFF) << 8 | bytes[2 * index + 1] & 0xFF;
  }
}
