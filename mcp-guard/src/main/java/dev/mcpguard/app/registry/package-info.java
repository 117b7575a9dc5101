/**
 * The tool authors' way in: drafting manifests from live servers, comparing, approving, linting, and
 * the answer to who can reach what. Used by the commands; serves no call.
 */
@NullMarked
package dev.mcpguard.app.registry;

import org.jspecify.annotations.NullMarked;
