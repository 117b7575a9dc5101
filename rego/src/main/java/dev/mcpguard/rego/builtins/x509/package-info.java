/** X.509 certificates, requests and private keys as OPA's {@code crypto.x509} shows them. */
@NullMarked
package dev.mcpguard.rego.builtins.x509;

import org.jspecify.annotations.NullMarked;
