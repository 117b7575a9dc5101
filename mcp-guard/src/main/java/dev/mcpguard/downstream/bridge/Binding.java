package dev.mcpguard.downstream.bridge;

import dev.mcpguard.json.JsonArray;
import dev.mcpguard.json.JsonString;
import dev.mcpguard.json.JsonValue;
import dev.mcpguard.model.ClearedCall;
import dev.mcpguard.model.ClearedPrimitive;
import dev.mcpguard.model.PrincipalKey;
import dev.mcpguard.model.RequestFacts;

/**
 * What a state of the guard is good for: this caller, route, server, thing and parameters, and
 * nothing else (threats B14, D4).
 *
 * @param principal whose call it is
 * @param bound all of it, as sealed
 */
record Binding(PrincipalKey principal, JsonValue bound) {

  static Binding of(ClearedCall call) {
    return of(
        call.principal().key(),
        call.facts(),
        call.classified().tool().id(),
        call.classified().argumentsDigest().text());
  }

  static Binding of(ClearedPrimitive request) {
    return of(
        request.principal().key(),
        request.facts(),
        request.classified().call().server() + "/" + request.classified().primitive().id(),
        request.classified().paramsDigest().text());
  }

  private static Binding of(
      PrincipalKey principal, RequestFacts facts, String thing, String parameters) {
    return new Binding(
        principal,
        JsonArray.of(
            new JsonString(principal.issuer()),
            new JsonString(principal.subject()),
            new JsonString(principal.client()),
            new JsonString(facts.route().path()),
            new JsonString(facts.method()),
            new JsonString(thing),
            new JsonString(parameters)));
  }
}
