package dev.mcpguard.replay;

/** The agents and the beginning of the manifest that the replayed calls are decided by. */
final class ReplayTexts {
  static final String AGENTS =
      """
      schema: 1
      agents:
        - id: reader
          match: {issuer: "https://idp.example", claims: {sub: reader}}
          owner: Ada
          purposes: {audit: {class: write}}
          ceiling: write
          sensitivity: internal
          review-by: 2099-12-31
        - id: switched-off
          match: {issuer: "https://idp.example", claims: {sub: "off"}}
          owner: Ada
          purposes: {audit: {class: read}}
          ceiling: read
          sensitivity: internal
          review-by: 2099-12-31
          state: disabled
      """;

  static final String MANIFEST =
      """
      schema: 1
      server: files
      owner: team
      contact: "#team"
      purpose: test
      transport: {type: http, url: "http://127.0.0.1:1/mcp"}
      credential: {type: none}
      sensitivity: internal
      destination: internal
      review-by: 2099-12-31
      tools:
      """;

  private ReplayTexts() {}
}
