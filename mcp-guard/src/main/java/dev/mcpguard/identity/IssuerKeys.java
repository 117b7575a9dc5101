package dev.mcpguard.identity;

/** The public keys of one issuer. Thread-safe. */
interface IssuerKeys {

  /** The keys in force: the same object until the issuer changes them. */
  KeySet current() throws RefusedTokenException;

  /** The keys in force after a key id was not found: asked for again, but rarely (threat A7). */
  KeySet renewed() throws RefusedTokenException;
}
