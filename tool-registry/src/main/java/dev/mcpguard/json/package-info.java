/**
 * The one strict parser of the product: JSON values, parsing, canonical bytes, digests, and YAML
 * configuration bound to located findings. Everything that is judged, forwarded or recorded passes
 * through here and nowhere else.
 */
@NullMarked
package dev.mcpguard.json;

import org.jspecify.annotations.NullMarked;
