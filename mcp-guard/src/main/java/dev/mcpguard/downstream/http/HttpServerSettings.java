package dev.mcpguard.downstream.http;

import dev.mcpguard.registry.Era;
import dev.mcpguard.downstream.wire.ServerSecret;

/**
 * One HTTP tool server as configured.
 *
 * @param endpoint where it listens
 * @param limits what the guard bears from it
 * @param tls how both prove themselves
 * @param secret the guard's own credential
 * @param era which revisions it speaks
 * @param parks whether calls of modern clients may be held while the client is asked
 */
public record HttpServerSettings(
    HttpEndpoint endpoint,
    HttpLimits limits,
    TlsSettings tls,
    ServerSecret secret,
    Era era,
    boolean parks) {}
