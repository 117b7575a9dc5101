/** How the call log lies on disk: segments of frames, sealed payloads, evidence. No threads. */
@NullMarked
package dev.mcpguard.audit.store;

import org.jspecify.annotations.NullMarked;
