@NullMarked
package dev.mcpguard.downstream.http;

import org.jspecify.annotations.NullMarked;
