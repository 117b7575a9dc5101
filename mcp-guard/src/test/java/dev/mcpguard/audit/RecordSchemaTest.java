package dev.mcpguard.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The published schema, the table in the docs and what is written name the same members. */
final class RecordSchemaTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\| [a-z]+ \\|");

  private static Path docs() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path docs = at.resolve("docs");
      if (Files.isRegularFile(docs.resolve("audit-fields.md"))) {
        return docs;
      }
    }
    throw new AssertionError("docs/audit-fields.md is missing");
  }

  private static JsonObject schema() throws Exception {
    byte[] bytes = Files.readAllBytes(docs().resolve("schema/record.schema.json"));
    return StrictJson.parseObject(bytes, JsonLimits.message());
  }

  private static void names(String prefix, JsonObject schema, Set<String> names) {
    JsonObject properties = schema.object("properties");
    if (properties != null) {
      for (String name : properties.members().keySet()) {
        names.add(prefix + name);
        JsonObject inner = properties.object(name);
        assertNotNull(inner);
        names(prefix + name + ".", inner, names);
      }
    }
  }

  @Test
  void tableInTheDocsNamesWhatTheSchemaNames() throws Exception {
    Set<String> ofSchema = new TreeSet<>();
    names("", schema(), ofSchema);
    Set<String> ofDocs = new TreeSet<>();
    Matcher rows = ROW.matcher(table());
    while (rows.find()) {
      ofDocs.add(rows.group(1));
    }
    assertEquals(ofSchema, ofDocs);
  }

  private static String table() throws IOException {
    String text = Files.readString(docs().resolve("audit-fields.md"));
    return text.substring(0, text.indexOf("## Kinds"));
  }

  @Test
  void whatTheLogAddsIsInTheSchema() throws Exception {
    JsonObject properties = schema().object("properties");
    assertNotNull(properties);
    byte[] leaf = LeafDraft.of(Records.admission("d-1"), List.of()).leaf(7);
    for (String name : new LogEntry("one", 7, leaf).json().members().keySet()) {
      assertTrue(properties.has(name), name);
    }
  }
}
