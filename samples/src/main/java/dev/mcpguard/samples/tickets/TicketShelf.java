package dev.mcpguard.samples.tickets;

import dev.mcpguard.samples.server.StateFile;
import dev.mcpguard.samples.server.UserErrorException;
import dev.mcpguard.samples.tickets.Ticket.Customer;
import dev.mcpguard.samples.tickets.Ticket.Status;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tickets and permissions, each a JSON file below one folder. Thread-safe within one process. */
final class TicketShelf {
  private static final int FIRST = 1001;

  private final Path folder;
  private final InstantSource clock;

  /** A desk in this folder; an empty one gets some first tickets. */
  TicketShelf(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    Files.createDirectories(folder.resolve("tickets"));
    if (all().isEmpty()) {
      open("Card declined abroad", "Grace Hopper", "grace.hopper@example.com");
      open("Statement shows a payment twice", "Alan Turing", "alan.turing@example.com");
      open("New address", "Mary Seacole", "mary.seacole@example.com");
    }
  }

  /** Tickets whose subject or comments contain the words, oldest first. */
  synchronized List<Ticket> find(String words) throws IOException {
    String wanted = words.toLowerCase(Locale.ROOT);
    return all().stream()
        .filter(
            ticket ->
                Stream.concat(Stream.of(ticket.subject()), ticket.comments().stream())
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted)))
        .toList();
  }

  synchronized Ticket get(int number) throws IOException, UserErrorException {
    Path file = file(number);
    if (!Files.isRegularFile(file)) {
      throw new UserErrorException("there is no ticket " + number);
    }
    return read(file);
  }

  synchronized Ticket open(String subject, String name, String email) throws IOException {
    List<Ticket> all = all();
    int number = all.isEmpty() ? FIRST : all.getLast().number() + 1;
    String opened = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Customer customer = new Customer(name, email);
    return kept(new Ticket(number, subject, Status.open, opened, customer, List.of()));
  }

  synchronized Ticket comment(int number, String text) throws IOException, UserErrorException {
    return kept(get(number).commented(text));
  }

  synchronized Ticket close(int number) throws IOException, UserErrorException {
    return kept(get(number).closed());
  }

  /** Says what a person may do at this desk; the change is only kept, nobody is asked. */
  synchronized void permit(String person, String role) throws IOException {
    Path file = folder.resolve("permissions.json");
    Map<String, String> roles = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      roles.putAll(
          McpJsonDefaults.getMapper()
              .readValue(Files.readString(file), new TypeRef<Map<String, String>>() {}));
    }
    roles.put(person, role);
    StateFile.write(file, McpJsonDefaults.getMapper().writeValueAsString(roles));
  }

  /** Writes every ticket, customers included, into one file; returns how many. */
  synchronized int export() throws IOException {
    List<Ticket> all = all();
    StateFile.write(
        folder.resolve("exports").resolve("tickets.json"),
        McpJsonDefaults.getMapper().writeValueAsString(all));
    return all.size();
  }

  private Ticket kept(Ticket ticket) throws IOException {
    StateFile.write(file(ticket.number()), McpJsonDefaults.getMapper().writeValueAsString(ticket));
    return ticket;
  }

  private List<Ticket> all() throws IOException {
    List<Ticket> tickets = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("tickets"))) {
      for (Path file : (Iterable<Path>) files.filter(TicketShelf::holdsTicket).sorted()::iterator) {
        tickets.add(read(file));
      }
    }
    return tickets;
  }

  private static boolean holdsTicket(Path file) {
    return file.getFileName().toString().matches("[0-9]{10}\\.json");
  }

  private Path file(int number) {
    return folder.resolve("tickets").resolve("%010d.json".formatted(number));
  }

  private static Ticket read(Path file) throws IOException {
    return McpJsonDefaults.getMapper().readValue(Files.readString(file), Ticket.class);
  }
}
