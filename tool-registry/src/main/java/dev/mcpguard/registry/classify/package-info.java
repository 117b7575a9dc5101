/**
 * Suggests the risk class of a tool from its name, schema and description: rules over words kept in
 * resource files, deterministic, without network or model. Depends on {@code json} and on the enums
 * of {@code registry} only.
 */
@NullMarked
package dev.mcpguard.registry.classify;

import org.jspecify.annotations.NullMarked;
