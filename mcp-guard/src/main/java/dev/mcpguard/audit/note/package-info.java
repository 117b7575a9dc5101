/** C2SP signed notes and tlog checkpoints, Ed25519. No I/O but for key files. */
@NullMarked
package dev.mcpguard.audit.note;

import org.jspecify.annotations.NullMarked;
