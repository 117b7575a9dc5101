package dev.mcpguard.rego.syntax;

import java.util.List;

/** A parsed source. {@code packagePath} is without {@code data}. */
public record Module(
    SourceFile source,
    List<String> packagePath,
    Location packageLocation,
    List<Import> imports,
    List<Rule> rules,
    List<Annotation> annotations) {
  public Module {
    packagePath = List.copyOf(packagePath);
    imports = List.copyOf(imports);
    rules = List.copyOf(rules);
    annotations = List.copyOf(annotations);
  }
}
