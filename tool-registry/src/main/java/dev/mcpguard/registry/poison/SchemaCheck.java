package dev.mcpguard.registry.poison;

import dev.mcpguard.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Schemas that reach out, blow up or never end. Nothing is ever fetched. */
final class SchemaCheck {
  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
  private static final Pattern DRAFT =
      Pattern.compile("https?://json-schema\\.org/[A-Za-z0-9./#-]{1,60}");
  private static final int DEEP = 24;
  private static final int TOO_DEEP = 48;
  private static final int LARGE = 5_000;
  private static final int TOO_LARGE = 50_000;

  private SchemaCheck() {}

  static void check(JsonObject tool, DefinitionWalk walk, Findings findings) {
    size(walk, findings);
    for (ScannedText text : walk.texts()) {
      if (!text.name() && inSchema(text.place())) {
        keyword(text, findings);
      }
      if (text.name() && text.place().contains("/patternProperties/")
          && Pointer.inside(text.place(), parentOf(text.place()))) {
        patternName(text, findings);
      }
    }
    for (String root : List.of("inputSchema", "outputSchema")) {
      JsonObject schema = tool.object(root);
      if (schema != null) {
        new ReferenceGraph("/" + root, schema).check(findings);
      }
    }
  }

  private static boolean inSchema(String place) {
    return Pointer.inside(place, "/inputSchema") || Pointer.inside(place, "/outputSchema");
  }

  private static void size(DefinitionWalk walk, Findings findings) {
    String depth = "the definition is " + walk.depth() + " levels deep";
    String size = "the definition holds " + walk.values() + " values";
    if (walk.depth() > TOO_DEEP) {
      findings.block(PoisonCode.SCHEMA_SIZE, "", depth);
    } else if (walk.depth() > DEEP) {
      findings.warn(PoisonCode.SCHEMA_SIZE, "", depth);
    }
    if (walk.values() > TOO_LARGE) {
      findings.block(PoisonCode.SCHEMA_SIZE, "", size);
    } else if (walk.values() > LARGE) {
      findings.warn(PoisonCode.SCHEMA_SIZE, "", size);
    }
  }

  private static void keyword(ScannedText text, Findings findings) {
    String keyword = text.place().substring(text.place().lastIndexOf('/') + 1);
    boolean property = parentOf(text.place()).endsWith("/properties");
    if (property) {
      return; // the schema of a property is no string, so this is no keyword
    }
    if (REFERENCES.contains(keyword) && !text.value().startsWith("#")) {
      findings.block(
          PoisonCode.REMOTE_REFERENCE,
          text.place(),
          "refers to `" + ScannedText.excerpt(text.value(), 0) + "` outside the schema");
    } else if (keyword.equals("$schema") && !DRAFT.matcher(text.value()).matches()) {
      findings.warn(
          PoisonCode.REMOTE_REFERENCE, text.place(), "names a dialect outside json-schema.org");
    } else if (keyword.equals("pattern")) {
      pattern(text, findings);
    }
  }

  private static String parentOf(String place) {
    int slash = place.lastIndexOf('/');
    return slash < 0 ? "" : place.substring(0, slash);
  }

  private static void patternName(ScannedText text, Findings findings) {
    if (parentOf(text.place()).endsWith("/patternProperties")) {
      pattern(text, findings);
    }
  }

  private static void pattern(ScannedText text, Findings findings) {
    SlowPattern.Problem problem = SlowPattern.problem(text.value());
    if (problem == null) {
      return;
    }
    String words = "`" + ScannedText.excerpt(text.value(), 0) + "` " + problem.words();
    if (problem.certain()) {
      findings.block(PoisonCode.SLOW_PATTERN, text.place(), words);
    } else {
      findings.warn(PoisonCode.SLOW_PATTERN, text.place(), words);
    }
  }
}
