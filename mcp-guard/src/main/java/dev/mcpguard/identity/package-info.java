/**
 * From a presented credential to a verified {@link dev.mcpguard.model.Principal}: OAuth 2 access
 * tokens (RFC 9068, RFC 8725) from pinned issuers, and the agent register. The only package besides
 * {@code issuer} that knows JOSE.
 */
@NullMarked
package dev.mcpguard.identity;

import org.jspecify.annotations.NullMarked;
