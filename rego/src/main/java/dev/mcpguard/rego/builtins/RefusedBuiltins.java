package dev.mcpguard.rego.builtins;

import java.util.Map;
import java.util.TreeMap;

/** Builtins of OPA that are refused when a policy is loaded. */
final class RefusedBuiltins {
  private static final String NETWORK = "it reaches out to the network; give its answer as input or data";
  private static final String GRAPHQL = "graphql is not supported; parse it before the decision";
  private static final String DEPRECATED = "deprecated, and not part of rego v1; use ";

  static final Map<String, String> REASONS = reasons();

  private RefusedBuiltins() {}

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    reasons.put("http.send", NETWORK);
    reasons.put("net.lookup_ip_addr", NETWORK);
    for (String name :
        new String[] {
          "is_valid", "parse", "parse_and_verify", "parse_query", "parse_schema", "schema_is_valid"
        }) {
      reasons.put("graphql." + name, GRAPHQL);
    }
    reasons.put("providers.aws.sign_req", "signing requests is no part of a decision");
    reasons.put("rego.parse_module", "policies do not read policies here");
    reasons.put("test.sleep", "a decision never waits");
    reasons.put("internal.test_case", "test cases are found by the test runner");
    reasons.put(
        "crypto.parse_private_keys",
        "it gives many keys at once; use `crypto.x509.parse_rsa_private_key` for the first");
    addDeprecated(reasons);
    return java.util.Collections.unmodifiableMap(reasons);
  }

  private static void addDeprecated(Map<String, String> reasons) {
    reasons.put("all", DEPRECATED + "`every`");
    reasons.put("any", DEPRECATED + "`some`, or `in` for membership");
    reasons.put("set_diff", DEPRECATED + "`-`");
    reasons.put("re_match", DEPRECATED + "`regex.match`");
    reasons.put("net.cidr_overlap", DEPRECATED + "`net.cidr_contains`");
    for (String kind : new String[] {"array", "boolean", "null", "object", "set", "string"}) {
      reasons.put("cast_" + kind, DEPRECATED + "`is_" + kind + "`");
    }
  }
}
