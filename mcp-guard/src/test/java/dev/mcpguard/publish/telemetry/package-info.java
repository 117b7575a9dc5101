@NullMarked
package dev.mcpguard.publish.telemetry;

import org.jspecify.annotations.NullMarked;
