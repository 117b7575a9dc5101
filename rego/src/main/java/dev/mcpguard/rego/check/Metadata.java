package dev.mcpguard.rego.check;

import dev.mcpguard.rego.syntax.Annotation;
import dev.mcpguard.rego.syntax.Module;
import dev.mcpguard.rego.syntax.Rule;
import dev.mcpguard.rego.value.ArrayValue;
import dev.mcpguard.rego.value.ObjectValue;
import dev.mcpguard.rego.value.StringValue;
import dev.mcpguard.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code rego.metadata.rule()} and {@code rego.metadata.chain()} from annotations. */
final class Metadata {
  private final List<Module> modules;

  Metadata(List<Module> modules) {
    this.modules = modules;
  }

  Value rule(Module module, Rule rule) {
    Annotation own = own(module, rule);
    return own == null ? ObjectValue.EMPTY : own.content();
  }

  private static @Nullable Annotation own(Module module, Rule rule) {
    Annotation found = null;
    for (Annotation annotation : module.annotations()) {
      if (annotation.rule() == rule && annotation.scope().equals("rule")) {
        found = annotation;
      }
    }
    return found;
  }

  Value chain(Module module, Rule rule) {
    List<Value> chain = new ArrayList<>();
    List<Value> packagePath = new ArrayList<>();
    module.packagePath().forEach(part -> packagePath.add(StringValue.of(part)));
    List<Value> path = new ArrayList<>(packagePath);
    path.add(StringValue.of(ModuleNames.firstName(rule.path().getFirst())));
    Annotation own = own(module, rule);
    chain.add(entry(path, own));
    scoped(module.packagePath(), "document", rule).forEach(a -> chain.add(entry(path, a)));
    scoped(module.packagePath(), "package", null).forEach(a -> chain.add(entry(packagePath, a)));
    for (int size = packagePath.size(); size > 0; size--) {
      List<Value> above = packagePath.subList(0, size);
      scoped(module.packagePath().subList(0, size), "subpackages", null)
          .forEach(a -> chain.add(entry(above, a)));
    }
    return ArrayValue.of(chain);
  }

  private List<Annotation> scoped(List<String> packagePath, String scope, @Nullable Rule like) {
    List<Annotation> found = new ArrayList<>();
    for (Module module : modules) {
      if (!module.packagePath().equals(packagePath)) {
        continue;
      }
      for (Annotation annotation : module.annotations()) {
        Rule rule = annotation.rule();
        boolean same =
            like == null
                || rule != null
                    && ModuleNames.firstName(rule.path().getFirst())
                        .equals(ModuleNames.firstName(like.path().getFirst()));
        if (annotation.scope().equals(scope) && same) {
          found.add(annotation);
        }
      }
    }
    return found;
  }

  private static Value entry(List<Value> path, @Nullable Annotation annotation) {
    ObjectValue.Builder entry = ObjectValue.builder().put("path", ArrayValue.of(path));
    if (annotation != null) {
      entry.put("annotations", annotation.content());
    }
    return entry.build();
  }
}
