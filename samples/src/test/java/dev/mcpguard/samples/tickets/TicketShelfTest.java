package dev.mcpguard.samples.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcpguard.samples.server.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketShelfTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  @TempDir Path folder;
  private TicketShelf shelf;

  @BeforeEach
  void open() throws IOException {
    shelf = new TicketShelf(folder, NOON);
  }

  @Test
  void startsWithSomeTicketsAndOnlyOnce() throws Exception {
    assertEquals(3, new TicketShelf(folder, NOON).find("").size());
    assertEquals("grace.hopper@example.com", shelf.get(1001).customer().email());
    assertEquals("2026-11-21T12:00:00Z", shelf.get(1001).opened());
  }

  @Test
  void newTicketHasTheNextNumberAndSurvivesRestart() throws Exception {
    assertEquals(1004, shelf.open("Lost card", "Joan Clarke", "joan@example.com").number());
    shelf.comment(1004, "blocked the card");
    shelf.close(1004);
    Ticket ticket = new TicketShelf(folder, NOON).get(1004);
    assertEquals(List.of("blocked the card"), ticket.comments());
    assertEquals(Ticket.Status.closed, ticket.status());
  }

  @Test
  void findLooksAtSubjectsAndComments() throws Exception {
    shelf.comment(1003, "moved ABROAD");
    assertEquals(List.of(1001, 1003), shelf.find("abroad").stream().map(Ticket::number).toList());
  }

  @Test
  void unknownTicketIsSaid() {
    assertThrows(UserErrorException.class, () -> shelf.get(7));
    assertThrows(UserErrorException.class, () -> shelf.comment(-1, "x"));
    assertThrows(UserErrorException.class, () -> shelf.close(7));
  }

  @Test
  void permissionsAndExportAreOnDisk() throws Exception {
    shelf.permit("Joan", "agent");
    shelf.permit("Ada", "administrator");
    shelf.permit("Joan", "none");
    assertEquals(
        "{\"Ada\":\"administrator\",\"Joan\":\"none\"}",
        Files.readString(folder.resolve("permissions.json")));
    assertEquals(3, shelf.export());
    assertTrue(Files.readString(folder.resolve("exports/tickets.json")).contains("alan.turing@"));
  }

  @Test
  void deskAdmitsItsKeyOnly() {
    DeskKey key = new DeskKey("k-1");
    assertTrue(key.admits("Bearer k-1"));
    assertFalse(key.admits("Bearer k-2"));
    assertFalse(key.admits("k-1"));
    assertFalse(key.admits(null));
  }
}
