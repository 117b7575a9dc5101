/**
 * The nouns every step of the straight line speaks, and the interfaces of the steps' verbs. Records
 * and sealed interfaces only: no I/O, no threads, no clock.
 */
@NullMarked
package dev.mcpguard.model;

import org.jspecify.annotations.NullMarked;
