/** What the registered servers offer now, compared with what was approved. Fails closed. */
@NullMarked
package dev.mcpguard.downstream.catalogue;

import org.jspecify.annotations.NullMarked;
