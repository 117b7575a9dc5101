/**
 * OPA bundles: {@code .tar.gz} with policies, data, a manifest and signatures, read with bounds and
 * written reproducibly.
 */
@NullMarked
package dev.mcpguard.rego.bundle;

import org.jspecify.annotations.NullMarked;
