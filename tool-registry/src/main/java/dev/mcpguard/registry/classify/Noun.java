package dev.mcpguard.registry.classify;

/** A noun of the object lexicon that raises a changing verb. */
record Noun(String word, Kind kind, Place place, String reason) {

  /** Where in a name it raises. */
  enum Place {
    ANY,
    HEAD,
    ALONE
  }

  /** What kind of thing it names, after the definition of the admin class. */
  enum Kind {
    ACCESS,
    IDENTITY,
    CREDENTIAL,
    CONFIGURATION,
    INFRASTRUCTURE,
    CODE,
    BULK,
    REMARK;

    boolean rights() {
      return this == ACCESS || this == IDENTITY || this == CREDENTIAL;
    }
  }
}
