package dev.mcpguard.model;

/** A request for another primitive whose caller is verified. */
public record IdentifiedPrimitive(PrimitiveCall call, Principal principal) {}
