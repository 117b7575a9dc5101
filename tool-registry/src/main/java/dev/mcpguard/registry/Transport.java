package dev.mcpguard.registry;

/** How the guard reaches a tool server; static configuration only, no runtime API accepts one. */
public sealed interface Transport permits HttpTransport, OwnTransport, StdioTransport {
  Era era();
}
