package dev.mcpguard.downstream.wire;

/** Keys of {@code _meta} with a meaning to an intermediary (MCP 2026-07-28). */
public final class MetaKeys {
  /** The prefix of the protocol's own keys. */
  public static final String PROTOCOL = "io.modelcontextprotocol/";

  /** The prefix of the guard's own keys: never forwarded. */
  public static final String GUARD = "dev.mcpguard/";

  public static final String VERSION = PROTOCOL + "protocolVersion";
  public static final String CAPABILITIES = PROTOCOL + "clientCapabilities";
  public static final String CLIENT = PROTOCOL + "clientInfo";
  public static final String LOG_LEVEL = PROTOCOL + "logLevel";
  public static final String PROGRESS_TOKEN = "progressToken";

  private MetaKeys() {}
}
