/** What Prometheus reads: histograms and counters of requests, and the text format. */
@NullMarked
package dev.mcpguard.publish.metrics;

import org.jspecify.annotations.NullMarked;
