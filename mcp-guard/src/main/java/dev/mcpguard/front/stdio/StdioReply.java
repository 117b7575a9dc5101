package dev.mcpguard.front.stdio;

import dev.mcpguard.front.CancellableReply;
import dev.mcpguard.front.legacy.Conversation;
import dev.mcpguard.json.JsonObject;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The reply to one request on stdio: whatever is said goes out at once, as a line of its own. */
final class StdioReply extends CancellableReply {
  private static final JsonValue VERSION = new JsonString("2.0");

  private final Output out;
  private final @Nullable Conversation asks;
  private final Duration patience;

  /**
   * @param asks the legacy conversation whose client may be asked, or null
   */
  StdioReply(Output out, @Nullable Conversation asks, Duration patience) {
    this.out = out;
    this.asks = asks;
    this.patience = patience;
  }

  @Override
  public void notification(JsonObject message) {
    if (!cancelled()) {
      out.write(message.has("jsonrpc") ? message : message.with("jsonrpc", VERSION));
    }
  }

  @Override
  public @Nullable JsonObject ask(String method, JsonObject params, Duration longest) {
    Conversation with = asks;
    Duration wait = longest.compareTo(patience) < 0 ? longest : patience;
    return with == null ? null : with.ask(this, method, params, out::write, wait);
  }
}
