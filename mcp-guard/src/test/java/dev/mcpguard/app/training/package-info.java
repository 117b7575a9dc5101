@NullMarked
package dev.mcpguard.app.training;

import org.jspecify.annotations.NullMarked;
