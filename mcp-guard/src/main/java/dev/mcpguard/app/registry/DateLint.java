package dev.mcpguard.app.registry;

import dev.mcpguard.json.Finding;
import dev.mcpguard.json.YamlDocument;
import dev.mcpguard.registry.Credential;
import dev.mcpguard.registry.ServerManifest;
import dev.mcpguard.registry.StdioTransport;
import dev.mcpguard.registry.StdioTransport.EnvironmentValue;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dates of a manifest that are missing or past: reviews and the rotation of static secrets. */
final class DateLint {
  private final YamlDocument document;
  private final LocalDate today;
  private final List<LintNote> notes;

  private DateLint(YamlDocument document, LocalDate today, List<LintNote> notes) {
    this.document = document;
    this.today = today;
    this.notes = notes;
  }

  static void check(
      ServerManifest manifest, YamlDocument document, LocalDate today, List<LintNote> notes) {
    DateLint lint = new DateLint(document, today, notes);
    lint.review(manifest.stewardship().reviewBy());
    if (manifest.connection().credential() instanceof Credential.Bearer bearer) {
      lint.secret("credential", bearer.rotateBy());
    }
    if (manifest.connection().transport() instanceof StdioTransport stdio) {
      stdio
          .environment()
          .forEach(
              (name, value) -> {
                if (value instanceof EnvironmentValue.Secret secret) {
                  lint.secret("transport.environment." + name, secret.rotateBy());
                }
              });
    }
  }

  private void review(@Nullable LocalDate reviewBy) {
    if (reviewBy == null) {
      add(
          LintNote.Weight.INFO, "review-missing", "review-by",
          "no date of review", "add `review-by`");
    } else if (reviewBy.isBefore(today)) {
      add(
          LintNote.Weight.WARNING, "review-overdue", "review-by",
          "the review was due on " + reviewBy, "review the manifest and set the next date");
    }
  }

  private void secret(String field, @Nullable LocalDate rotateBy) {
    if (rotateBy == null) {
      add(
          LintNote.Weight.WARNING, "secret-without-rotation", field,
          "a static secret without a date by which it is changed", "add `rotate-by`");
    } else if (rotateBy.isBefore(today)) {
      add(
          LintNote.Weight.ERROR, "secret-past-rotation", field,
          "the secret was to be changed by " + rotateBy, "change it and set the next date");
    }
  }

  private void add(
      LintNote.Weight weight, String code, String field, String problem, String advice) {
    int line = document.line("/" + field.replace('.', '/'));
    Finding finding = new Finding(document.file(), line, field, problem, advice);
    notes.add(new LintNote(weight, code, finding));
  }
}
