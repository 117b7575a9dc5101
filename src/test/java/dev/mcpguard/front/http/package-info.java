/** Benchmarks that need the inside of the front. */
@org.jspecify.annotations.NullMarked
package dev.mcpguard.front.http;
