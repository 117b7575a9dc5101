package dev.mcpguard.rego.syntax;

/** The outcome of parsing: the tree, or the first error. */
public sealed interface Parsed<T> {

  record Tree<T>(T tree) implements Parsed<T> {}

  record Refused<T>(RegoError error) implements Parsed<T> {}
}
