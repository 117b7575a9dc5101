/** Checkpoints on their own clock, tiles, proofs, and the verifier that trusts none of them. */
@NullMarked
package dev.mcpguard.audit.proof;

import org.jspecify.annotations.NullMarked;
