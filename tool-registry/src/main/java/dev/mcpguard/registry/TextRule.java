package dev.mcpguard.registry;

import dev.mcpguard.json.JsonPointer;

/** Text of at most this many characters (Unicode code points), without control characters. */
public record TextRule(JsonPointer argument, boolean optional, int longest)
    implements ArgumentRule {}
