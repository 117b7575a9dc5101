@NullMarked
package dev.mcpguard.admin;

import org.jspecify.annotations.NullMarked;
