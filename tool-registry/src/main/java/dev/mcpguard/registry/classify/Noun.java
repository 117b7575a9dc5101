package dev.mcpguard.registry.classify;

/** A noun of the object lexicon that raises a changing verb. */
record Noun(String word, Kind kind, boolean headOnly, String reason) {

  /** What kind of thing it names, after the definition of the admin class. */
  enum Kind {
    ACCESS,
    IDENTITY,
    CREDENTIAL,
    CONFIGURATION,
    INFRASTRUCTURE,
    CODE,
    BULK;

    boolean rights() {
      return this == ACCESS || this == IDENTITY || this == CREDENTIAL;
    }
  }
}
