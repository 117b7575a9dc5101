/**
 * The HTTP front: Netty's stock codecs made strict, both MCP eras on one endpoint per server, OAuth
 * challenges and metadata, health. Event loops never block; each request runs on a virtual thread.
 */
@NullMarked
package dev.mcpguard.front.http;

import org.jspecify.annotations.NullMarked;
