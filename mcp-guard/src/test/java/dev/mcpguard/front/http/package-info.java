@NullMarked
package dev.mcpguard.front.http;

import org.jspecify.annotations.NullMarked;
