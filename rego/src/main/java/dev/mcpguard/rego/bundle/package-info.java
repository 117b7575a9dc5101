/**
 * OPA bundles: written reproducibly and signed; read with limits, verified, refused when in doubt.
 * {@code .tar.gz} with policies, data, a manifest and signatures.
 */
@NullMarked
package dev.mcpguard.rego.bundle;

import org.jspecify.annotations.NullMarked;
