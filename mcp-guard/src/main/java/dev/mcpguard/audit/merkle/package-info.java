/** Pure maths of the RFC 6962 Merkle tree and of the C2SP tlog-tiles paths. No I/O. */
@NullMarked
package dev.mcpguard.audit.merkle;

import org.jspecify.annotations.NullMarked;
