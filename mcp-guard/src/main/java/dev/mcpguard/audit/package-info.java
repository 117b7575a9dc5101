/**
 * The durable, tamper-evident call log: written by {@link dev.mcpguard.audit.SegmentedCallLog},
 * read by auditors without the guard. Formats on disk live in {@code store}, tree maths in {@code
 * merkle}, signed notes in {@code note}, checkpoints and verification in {@code proof}, searching
 * and rendering in {@code query}, foreign formats in {@code export}.
 */
@NullMarked
package dev.mcpguard.audit;

import org.jspecify.annotations.NullMarked;
