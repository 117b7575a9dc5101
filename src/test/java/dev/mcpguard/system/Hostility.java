package dev.mcpguard.system;

/** What a tool server does to the answer of a request that it has received and recorded. */
enum Hostility {
  NONE,
  /** Never answers and keeps the connection. */
  HANG,
  /** Sends the first half of the answer and closes the connection (stdio: exits). */
  CLOSE_MID_ANSWER,
  /** Does the work and closes the connection without a byte (stdio: exits). */
  ACT_THEN_DROP,
  /** HTTP 500 with a page of text that names internals (stdio: error -32603). */
  STATUS_500,
  /** HTTP 302 to {@link Hostile#redirectTo} (stdio: error -32603). */
  REDIRECT,
  /** The right answer, one byte at a time. */
  SLOW_BYTES,
  /** A header value with CR LF and a forged header behind it (stdio: error -32603). */
  HEADER_SPLIT,
  /** The right result under another id. */
  WRONG_ID,
  /** Two {@code result} members: the right one, then another. */
  DUPLICATE_KEYS,
  /** A well-formed answer of {@link Hostile#size} bytes. */
  OVERSIZED,
  /** JSON that ends too early, with a matching length. */
  MALFORMED_JSON,
  /** Bytes that are not UTF-8 within a string. */
  NOT_UTF8,
  /** The bytes of {@link Hostile#script}. */
  SCRIPTED,
  /** The right answer followed by another for the same id (HTTP: in the same SSE stream). */
  SECOND_ANSWER,
  /** A JSON-RPC error in the guard's own block of codes. */
  FORGED_DENIAL,
  /** A request of the server's own before the answer. */
  SERVER_REQUEST,
  /**
   * Three progress notifications for the request's token, then the right answer (HTTP: SSE). Not
   * hostile.
   */
  PROGRESS,
  /** Notifications without end and no answer (HTTP: SSE). */
  ENDLESS_NOTIFICATIONS;
}
