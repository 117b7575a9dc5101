package dev.mcpguard.publish.telemetry;

/**
 * How a tool server is reached.
 *
 * @param transport {@code tcp} or {@code pipe}
 * @param address host name, empty for a child process
 * @param port 0 where there is none
 */
public record ServerPeer(String transport, String address, int port) {
  /** A child process. */
  public static final ServerPeer PIPE = new ServerPeer("pipe", "", 0);
}
