/**
 * OPA bundles written reproducibly: {@code .tar.gz} with policies, data and a manifest.
 */
@NullMarked
package dev.mcpguard.rego.bundle;

import org.jspecify.annotations.NullMarked;
