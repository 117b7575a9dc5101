package dev.mcpguard.system;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One message of protocol buffers, read without its schema. Immutable. */
final class Protobuf {
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Field(int number, long value, byte[] bytes) {}

  private final List<Field> fields;

  private Protobuf(List<Field> fields) {
    this.fields = fields;
  }

  static Protobuf of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      int number = (int) (key >> 3);
      switch ((int) (key & 7)) {
        case 0 -> fields.add(new Field(number, varint(in), new byte[0]));
        case 1 -> fields.add(new Field(number, in.getLong(), new byte[0]));
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          fields.add(new Field(number, 0, bytes));
        }
        case 5 -> fields.add(new Field(number, in.getInt(), new byte[0]));
        default -> throw new IllegalArgumentException("no wire type of protocol buffers");
      }
    }
    return new Protobuf(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  boolean has(int number) {
    return fields.stream().anyMatch(field -> field.number() == number);
  }

  byte[] bytes(int number) {
    return fields.stream()
        .filter(field -> field.number() == number)
        .map(Field::bytes)
        .findFirst()
        .orElse(new byte[0]);
  }

  String text(int number) {
    return new String(bytes(number), StandardCharsets.UTF_8);
  }

  long number(int number) {
    return fields.stream()
        .filter(field -> field.number() == number)
        .mapToLong(Field::value)
        .findFirst()
        .orElse(0);
  }

  List<Protobuf> messages(int number) {
    return fields.stream()
        .filter(field -> field.number() == number)
        .map(field -> of(field.bytes()))
        .toList();
  }
}
