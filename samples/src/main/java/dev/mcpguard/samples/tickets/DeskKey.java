package dev.mcpguard.samples.tickets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in but who knows the desk's own key, which only the guard is given: an agent's token
 * is of no use here, so there is no way around the guard.
 */
final class DeskKey extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final byte[] expected;

  DeskKey(String key) {
    this.expected = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (admits(request.getHeader("Authorization"))) {
      chain.doFilter(request, response);
    } else {
      response.setHeader("WWW-Authenticate", "Bearer");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  boolean admits(@Nullable String header) {
    return header != null
        && MessageDigest.isEqual(expected, header.getBytes(StandardCharsets.UTF_8));
  }
}
