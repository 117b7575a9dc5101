package dev.mcpguard.samples.tickets;

import dev.mcpguard.samples.server.SampleTool;
import dev.mcpguard.samples.server.SampleTool.Action;
import dev.mcpguard.samples.server.SampleTool.Shape;
import dev.mcpguard.samples.server.ToolHints;
import java.util.List;
import java.util.Map;

/** The tools of the ticket desk. */
final class TicketTools {
  private static final String NUMBER =
      """
      "number":{"type":"integer","description":"Number of the ticket, for example 1001"}\
      """;
  private static final String LISTED =
      """
      {"type":"object","properties":{"tickets":{"type":"array","items":{"type":"object","properties":{
        "number":{"type":"integer"},"subject":{"type":"string"},"status":{"type":"string"}},
        "required":["number","subject","status"]}}},"required":["tickets"]}\
      """;
  private static final String TICKET =
      """
      {"type":"object","properties":{
        "number":{"type":"integer"},"subject":{"type":"string"},"status":{"type":"string"},
        "opened":{"type":"string"},"comments":{"type":"array","items":{"type":"string"}},
        "customer":{"type":"object","properties":{"name":{"type":"string"},"email":{"type":"string"}},
          "required":["name","email"]}},
        "required":["number","subject","status","opened","customer","comments"]}\
      """;

  private TicketTools() {}

  static List<SampleTool> of(TicketShelf shelf) {
    return List.of(
        find(shelf),
        tool(
            "get_ticket",
            "Read one ticket with its customer and comments.",
            new Shape(ToolHints.READS, schema(NUMBER, "number"), TICKET),
            call -> shelf.get(call.number("number"))),
        create(shelf),
        tool(
            "add_comment",
            "Add a comment to a ticket.",
            text(
                ToolHints.ADDS,
                schema(NUMBER + "," + text("text", "The comment"), "number", "text")),
            call -> {
              Ticket ticket = shelf.comment(call.number("number"), call.text("text"));
              return "ticket " + ticket.number() + " has " + ticket.comments().size() + " comments";
            }),
        tool(
            "close_ticket",
            "Close a ticket.",
            text(ToolHints.SETS, schema(NUMBER, "number")),
            call -> "ticket " + shelf.close(call.number("number")).number() + " is closed"),
        permissions(shelf),
        tool(
            "export_tickets",
            "Write all tickets with their customers into one file for a partner.",
            text(ToolHints.SETS, schema("")),
            call -> "exported: " + shelf.export() + " tickets"));
  }

  static SampleTool find(TicketShelf shelf) {
    return tool(
        "find_tickets",
        "Find tickets whose subject or comments contain some words.",
        new Shape(
            ToolHints.READS,
            schema(text("words", "Words to look for; leave it out for all")),
            LISTED),
        call ->
            Map.of(
                "tickets",
                shelf.find(call.text("words", "")).stream().map(TicketTools::listed).toList()));
  }

  private static Map<String, Object> listed(Ticket ticket) {
    return Map.of(
        "number", ticket.number(), "subject", ticket.subject(), "status", ticket.status().name());
  }

  private static SampleTool create(TicketShelf shelf) {
    String properties =
        String.join(
            ",",
            text("subject", "What it is about"),
            text("customer", "Name of the customer"),
            text("email", "E-mail address of the customer"));
    return tool(
        "create_ticket",
        "Open a ticket for a customer.",
        text(ToolHints.ADDS, schema(properties, "subject", "customer", "email")),
        call ->
            "opened: ticket "
                + shelf
                    .open(call.text("subject"), call.text("customer"), call.text("email"))
                    .number());
  }

  private static SampleTool permissions(TicketShelf shelf) {
    String role =
        """
        "role":{"type":"string","enum":["none","agent","administrator"],"description":"The new role"}\
        """;
    return tool(
        "set_permissions",
        "Give a person a role at the ticket desk.",
        text(
            ToolHints.SETS,
            schema(text("person", "Name of the person") + "," + role, "person", "role")),
        call -> {
          shelf.permit(call.text("person"), call.text("role"));
          return call.text("person") + " is now: " + call.text("role");
        });
  }

  private static SampleTool tool(String name, String description, Shape shape, Action action) {
    return new SampleTool(name, description, shape, action);
  }

  private static Shape text(ToolHints hints, String inputSchema) {
    return new Shape(hints, inputSchema, null);
  }

  private static String schema(String properties, String... required) {
    String demanded =
        required.length == 0 ? "" : ",\"required\":[\"" + String.join("\",\"", required) + "\"]";
    return "{\"type\":\"object\",\"properties\":{"
        + properties
        + "},\"additionalProperties\":false"
        + demanded
        + "}";
  }

  private static String text(String name, String description) {
    return """
    "%s":{"type":"string","description":"%s"}\
    """
        .formatted(name, description);
  }
}
