package dev.mcpguard.rego.eval;

/** How many variables and collectors a frame needs. */
public record FrameSize(int slots, int sinks) {}
