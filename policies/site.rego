# METADATA
# title: This site's own rules
# description: |
#   The place for rules of your own. They can only narrow: each name in `required` must also be in
#   `shown`, each member of `deny` refuses with a code and rule of its own, `obligations` adds duties,
#   `hide` removes tools from lists. Prefer `required`: a field that is missing then refuses.
package mcpguard.site

required := {"restricted-stays-inside"}

# Restricted data does not leave for the internet.
shown contains "restricted-stays-inside" if input.resource.properties.sensitivity != "restricted"

shown contains "restricted-stays-inside" if input.resource.properties.destination != "internet"
