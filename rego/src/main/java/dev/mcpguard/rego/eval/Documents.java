package dev.mcpguard.rego.eval;

import dev.mcpguard.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operands that read {@code data}. */
public final class Documents {
  private Documents() {}

  /** A path of constants on which no rule lies. */
  public record Base(List<Value> path) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      return Lookup.path(frame.context.data(), path);
    }
  }

  /** All that a group makes. */
  public record Whole(RuntimeGroup group) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      return group.value(frame.context);
    }
  }

  /** What a group makes under known keys. */
  public record Under(RuntimeGroup group, Operand[] keys) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      return group.under(keys, 0, frame);
    }
  }

  /** A path that starts above rules and goes on with keys known only at run time. */
  public record Dynamic(RuntimeNode start, List<Value> front, Operand[] keys) implements Operand {
    @Override
    public @Nullable Value eval(Frame frame) {
      Context context = frame.context;
      RuntimeNode node = start;
      Value base = Lookup.path(context.data(), front);
      for (int i = 0; i < keys.length; i++) {
        if (context.replaced(node)) {
          return Lookup.rest(base, keys, i, frame);
        }
        RuntimeGroup group = node.group();
        if (group != null) {
          return group.under(keys, i, frame);
        }
        Value key = keys[i].eval(frame);
        if (key == null) {
          return null;
        }
        base = base == null ? null : Lookup.one(base, key);
        RuntimeNode child = node.child(key);
        if (child == null) {
          return Lookup.rest(base, keys, i + 1, frame);
        }
        node = child;
      }
      return node.document(base, context);
    }
  }
}
