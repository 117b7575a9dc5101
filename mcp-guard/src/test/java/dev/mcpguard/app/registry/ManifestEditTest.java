package dev.mcpguard.app.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.json.ConfigException;
import org.junit.jupiter.api.Test;

/** Edits of a manifest keep every other byte. */
class ManifestEditTest {
  private static final String TEXT =
      """
      server: x   # the guard's name
      tools:
        "*": {redact: [/debug]}
        # reads
        read:
          class: read     # really
          digest: sha256:old # pinned by ada
          arguments:
            digest: {kind: text, longest: 3}

        # in braces
        write: {class: write, digest: "sha256:old"} # all in one
        last:
          class: read
      # the end
      """;

  private static ManifestEdit edit() throws ConfigException {
    return new ManifestEdit("x.yaml", TEXT);
  }

  @Test
  void replacesAValueAndKeepsItsComment() throws Exception {
    ManifestEdit edit = edit();
    edit.set("read", "digest", "\"sha256:new\"");
    assertEquals(
        TEXT.replace("digest: sha256:old # pinned", "digest: \"sha256:new\" # pinned"), edit.text());
  }

  @Test
  void setsAndRemovesInBraces() throws Exception {
    ManifestEdit edit = edit();
    edit.set("write", "digest", "\"sha256:new\"");
    edit.set("write", "state", "quarantined");
    assertTrue(
        edit.text().contains("write: {state: quarantined, class: write, digest: \"sha256:new\"} # all"),
        edit::text);
    edit.remove("write", "state");
    edit.set("write", "digest", "\"sha256:old\"");
    assertEquals(TEXT, edit.text());
  }

  @Test
  void addsAFieldBelowTheToolAndNowhereElse() throws Exception {
    ManifestEdit edit = edit();
    edit.set("last", "state", "retired");
    assertEquals(
        TEXT.replace("  last:\n    class: read\n", "  last:\n    class: read\n    state: retired\n"),
        edit.text());
    edit.remove("last", "state");
    assertEquals(TEXT, edit.text());
  }

  @Test
  void declaresATool() throws Exception {
    ManifestEdit edit = edit();
    edit.declare("new.tool", "admin");
    edit.set("new.tool", "digest", "\"sha256:new\"");
    assertTrue(
        edit.text().contains(
            "  \"new.tool\":\n    class: admin\n    digest: \"sha256:new\"\n# the end"),
        edit::text);
  }

  @Test
  void whatCannotBeEditedAloneIsRefusedAndLeftAsItIs() throws Exception {
    ManifestEdit edit =
        new ManifestEdit("x.yaml", "tools:\n  t: {class: read,\n    digest: old}\n");
    assertThrows(ConfigException.class, () -> edit.set("t", "state: x\n  u", "y"));
    assertThrows(ConfigException.class, () -> edit.set("unknown", "state", "retired"));
    assertEquals("tools:\n  t: {class: read,\n    digest: old}\n", edit.text());
  }
}
