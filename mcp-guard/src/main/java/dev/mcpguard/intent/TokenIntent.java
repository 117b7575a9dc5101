package dev.mcpguard.intent;

import dev.mcpguard.json.JsonObject;
import dev.mcpguard.model.IntentSource;
import dev.mcpguard.model.Principal;
import dev.mcpguard.model.Route;
import dev.mcpguard.registry.RiskClass;
import dev.mcpguard.registry.Sensitivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Intent the issuer committed to in the token: RFC 9396 {@code authorization_details} of type
 * {@code mcp_tool_call}. Entries for one server are alternatives. An unknown type grants nothing,
 * so a token with only unknown types covers nothing.
 */
final class TokenIntent {
  private static final String TYPE = "mcp_tool_call";
  private static final Set<String> MEMBERS =
      Set.of("type", "locations", "actions", "datatypes", "identifier", "purpose");

  private TokenIntent() {}

  /** The alternatives for this route, or null if the token carries no authorization details. */
  static @Nullable List<IntentDraft> read(Principal principal, Route route)
      throws UnreadableIntentException {
    if (principal.authorizationDetails().isEmpty()) {
      return null;
    }
    List<IntentDraft> alternatives = new ArrayList<>();
    for (JsonObject entry : principal.authorizationDetails()) {
      if (TYPE.equals(entry.string("type")) && locates(entry, route)) {
        IntentDraft draft = draft(entry);
        if (draft != null) {
          alternatives.add(draft);
        }
      }
    }
    return alternatives;
  }

  private static boolean locates(JsonObject entry, Route route) throws UnreadableIntentException {
    Set<String> locations = IntentDocument.texts(entry, "locations");
    return locations == null || locations.contains(route.resource());
  }

  /** The entry, or null if it covers nothing. */
  private static @Nullable IntentDraft draft(JsonObject entry) throws UnreadableIntentException {
    for (String member : entry.members().keySet()) {
      if (!MEMBERS.contains(member)) {
        // A constraint that cannot be enforced must refuse, never be skipped.
        throw new UnreadableIntentException("authorization_details has an unknown member");
      }
    }
    Set<String> actions = IntentDocument.texts(entry, "actions");
    Set<String> datatypes = IntentDocument.texts(entry, "datatypes");
    if (covering(actions) && covering(datatypes)) {
      return new IntentDraft(
          IntentDocument.name(entry, "purpose"),
          highest(actions),
          IntentDocument.name(entry, "identifier"),
          null,
          null,
          null,
          sensitivity(datatypes),
          IntentSource.ISSUER_COMMITTED);
    }
    return null;
  }

  /** An absent list does not narrow; an empty one covers nothing. */
  private static boolean covering(@Nullable Set<String> list) {
    return list == null || !list.isEmpty();
  }

  private static @Nullable RiskClass highest(@Nullable Set<String> actions)
      throws UnreadableIntentException {
    RiskClass highest = null;
    for (String action : actions == null ? Set.<String>of() : actions) {
      RiskClass riskClass = RiskClass.ofText(action);
      if (riskClass == null) {
        throw new UnreadableIntentException("authorization_details names an unknown action");
      }
      highest = highest == null ? riskClass : highest.max(riskClass);
    }
    return highest;
  }

  private static @Nullable Sensitivity sensitivity(@Nullable Set<String> datatypes)
      throws UnreadableIntentException {
    Sensitivity highest = null;
    for (String datatype : datatypes == null ? Set.<String>of() : datatypes) {
      Sensitivity sensitivity = Sensitivity.ofText(datatype);
      if (sensitivity == null) {
        throw new UnreadableIntentException("authorization_details names an unknown datatype");
      }
      highest = highest == null || sensitivity.compareTo(highest) > 0 ? sensitivity : highest;
    }
    return highest;
  }
}
