package dev.mcpguard.samples.notes;

import java.util.List;

/** What an empty notebook starts with. Invented people and projects. */
final class FirstNotes {
  /** A note to begin with. */
  record Note(String path, String text) {}

  static final List<Note> ALL =
      List.of(
          new Note(
              "/projects/apollo/plan.md",
              """
              # Apollo
              Move the payment reports to the new warehouse.
              - March: copy a month of data and compare
              - April: switch the readers
              """),
          new Note(
              "/projects/apollo/risks.md",
              """
              # Risks of Apollo
              - The old export cuts amounts after two digits.
              - Nobody has tested a month with 31 days.
              """),
          new Note(
              "/projects/borealis.md",
              """
              # Borealis
              Telephone banking for customers who do not read screens. Pilot in April.
              """),
          new Note(
              "/private/salaries.md",
              """
              # Salaries
              Not for agents. Ada 91,000; Charles 87,500.
              """));

  private FirstNotes() {}
}
