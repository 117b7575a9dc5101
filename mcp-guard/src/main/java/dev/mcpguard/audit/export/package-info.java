/** Records in the formats of others. Pure functions; nothing here is storage or leaves the host. */
@NullMarked
package dev.mcpguard.audit.export;

import org.jspecify.annotations.NullMarked;
