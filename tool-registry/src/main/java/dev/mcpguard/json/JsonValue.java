package dev.mcpguard.json;

/**
 * A JSON value (RFC 8259), exactly as received: members keep their order, numbers keep their text.
 * All implementations are immutable, thread-safe and compare by value; two objects are equal
 * whatever the order of their members, two numbers only when spelled alike.
 */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {}
