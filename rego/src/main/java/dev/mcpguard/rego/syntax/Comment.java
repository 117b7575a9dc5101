package dev.mcpguard.rego.syntax;

/** A comment: the text after {@code #} up to the line end. */
record Comment(String text, Location location) {}
