@NullMarked
package dev.mcpguard.issuer;

import org.jspecify.annotations.NullMarked;
