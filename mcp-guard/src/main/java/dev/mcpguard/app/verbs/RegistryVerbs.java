package dev.mcpguard.app.verbs;

import dev.mcpguard.admin.Verb;
import java.util.Map;

/** Every verb of the registry by the name of its tool. Stateless. */
public final class RegistryVerbs {
  private RegistryVerbs() {}

  /** One for each tool of {@code dev.mcpguard.admin.OwnTools}. */
  public static Map<String, Verb> of(VerbParts parts) {
    ReadingVerbs reading = new ReadingVerbs(parts);
    LiveVerbs live = new LiveVerbs(parts);
    ChangingVerbs changing = new ChangingVerbs(parts);
    return Map.ofEntries(
        Map.entry("registry_list", reading::list),
        Map.entry("registry_show", reading::show),
        Map.entry("registry_diff", live::diff),
        Map.entry("registry_inspect", live::inspect),
        Map.entry("registry_lint", reading::lint),
        Map.entry("registry_classify", reading::classify),
        Map.entry("registry_export", reading::export),
        Map.entry("registry_access", reading::access),
        Map.entry("registry_approve", changing::approve),
        Map.entry("registry_quarantine", changing::quarantine),
        Map.entry("registry_retire", changing::retire));
  }
}
