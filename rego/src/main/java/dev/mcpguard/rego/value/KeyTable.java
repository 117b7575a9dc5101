package dev.mcpguard.rego.value;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Distinct values in the order they came, with constant-time lookup.
 *
 * <p>Few keys are scanned, more are hashed with open addressing, and keys made to collide fall back
 * to a tree, so that no input makes a lookup slower than logarithmic. Written by one thread while it
 * is built; safe to read by any once published through a final field.
 */
final class KeyTable {
  private static final int SCANNED = 8;
  private static final int MAX_PROBES = 128;

  private Value[] keys;
  private int size;
  private int[] slots = {};
  private @Nullable TreeMap<Value, Integer> tree;

  KeyTable(int capacity) {
    keys = new Value[Math.max(capacity, 1)];
  }

  int size() {
    return size;
  }

  Value key(int index) {
    return keys[index];
  }

  /** A new array of the keys in the order they came. */
  Value[] copyKeys() {
    return Arrays.copyOf(keys, size);
  }

  /** The index of the key, or -1. */
  int find(Value key) {
    if (tree != null) {
      return tree.getOrDefault(key, -1);
    }
    if (slots.length == 0 && key instanceof StringValue name) {
      return scan(name);
    }
    int hash = key.hashCode();
    if (slots.length == 0) {
      for (int i = 0; i < size; i++) {
        if (keys[i] == key || keys[i].hashCode() == hash && keys[i].equals(key)) {
          return i;
        }
      }
      return -1;
    }
    int slot = probe(key, hash);
    return slot < 0 ? -1 : slots[slot] - 1;
  }

  /**
   * Names are most keys there are: usually the same object, and else compared without asking for
   * hashes, which a fresh input has none of.
   */
  private int scan(StringValue name) {
    for (int i = 0; i < size; i++) {
      if (keys[i] == name) {
        return i;
      }
    }
    String text = name.text();
    for (int i = 0; i < size; i++) {
      if (keys[i] instanceof StringValue known && known.text().equals(text)) {
        return i;
      }
    }
    return -1;
  }

  /** The index of the string key, or -1. */
  int find(String key) {
    return find(StringValue.of(key));
  }

  /** Adds a key; returns its index if it was there already, and otherwise -1. */
  int add(Value key) {
    int known = find(key);
    if (known >= 0) {
      return known;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size++] = key;
    if (tree != null) {
      tree.put(key, size - 1);
    } else if (size > SCANNED) {
      index();
    }
    return -1;
  }

  private void index() {
    if (slots.length < size * 2) {
      slots = new int[Integer.highestOneBit(size) * 4];
      for (int i = 0; i < size - 1 && tree == null; i++) {
        place(i);
      }
    }
    if (tree == null) {
      place(size - 1);
    }
  }

  private void place(int index) {
    int mask = slots.length - 1;
    int slot = spread(keys[index].hashCode()) & mask;
    for (int probes = 0; slots[slot] != 0; probes++) {
      if (probes > MAX_PROBES) {
        fallBackToTree();
        return;
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = index + 1;
  }

  private void fallBackToTree() {
    TreeMap<Value, Integer> all = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      all.put(keys[i], i);
    }
    tree = all;
  }

  private int probe(Value key, int hash) {
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] != 0) {
      Value known = keys[slots[slot] - 1];
      if (known == key || known.hashCode() == hash && known.equals(key)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return -1;
  }

  static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
