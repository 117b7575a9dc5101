/**
 * OpenTelemetry traces and metrics by the MCP semantic conventions, sent by OTLP over HTTP. The only
 * package that knows OpenTelemetry.
 */
@NullMarked
package dev.mcpguard.publish.telemetry;

import org.jspecify.annotations.NullMarked;
