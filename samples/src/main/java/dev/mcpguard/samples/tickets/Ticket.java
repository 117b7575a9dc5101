package dev.mcpguard.samples.tickets;

import java.util.ArrayList;
import java.util.List;

/**
 * A request of a customer. Immutable; its components are the members of its file and of the answer.
 *
 * @param opened ISO 8601, UTC
 */
record Ticket(
    int number,
    String subject,
    Status status,
    String opened,
    Customer customer,
    List<String> comments) {

  /** Where a ticket stands. */
  enum Status {
    open,
    closed
  }

  /** Who asked. The e-mail address is what the quickstart's policy redacts. */
  record Customer(String name, String email) {}

  Ticket {
    comments = List.copyOf(comments);
  }

  Ticket commented(String text) {
    List<String> longer = new ArrayList<>(comments);
    longer.add(text);
    return new Ticket(number, subject, status, opened, customer, longer);
  }

  Ticket closed() {
    return new Ticket(number, subject, Status.closed, opened, customer, comments);
  }
}
