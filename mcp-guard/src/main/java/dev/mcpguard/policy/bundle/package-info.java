/**
 * The policy as an OPA bundle: loaded and judged, downloaded and polled, the last good one kept on
 * disk. The only HTTP here is the download.
 */
@NullMarked
package dev.mcpguard.policy.bundle;

import org.jspecify.annotations.NullMarked;
