/** What happens to records later: packing, retention, erasure, each with a signed note. */
@NullMarked
package dev.mcpguard.audit.keep;

import org.jspecify.annotations.NullMarked;
