package dev.mcpguard.policy.opa;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.bisnode.opa.client.OpaConfiguration;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator is told when the OPA server does not answer. */
final class CapturingRestClientTest {
  private static String told(URI url) {
    OpaSettings settings = new OpaSettings(url, Duration.ofSeconds(5), () -> "secret");
    try (HttpClient client = HttpClient.newHttpClient()) {
      CapturingRestClient transport =
          new CapturingRestClient(
              new OpaConfiguration(url.toString()), client, new ObjectMapper(), settings);
      HttpRequest request = HttpRequest.newBuilder(url).build();
      return String.valueOf(
          assertThrows(
                  IOException.class, () -> transport.sendRequest(request, BodyHandlers.ofString()))
              .getMessage());
    }
  }

  @Test
  void deadServerIsToldByTheKindOfFailure() throws IOException {
    URI gone;
    try (StubServer server = StubServer.json("{}")) {
      gone = server.url();
    }
    assertTrue(told(gone).contains("cannot be reached: ConnectException"), told(gone));
  }

  @Test
  void nothingTheServerSentIsTold() throws IOException {
    try (StubServer server =
        new StubServer(out -> out.write("planted\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
      String told = told(server.url());
      assertTrue(told.contains("cannot be reached: "), told);
      assertFalse(told.contains("planted"), told);
    }
  }
}
