# What a caller may see in a list. A courtesy, not the control: a tool, resource or prompt is listed if some registered
# purpose, within the agent's ceilings and the token's scopes, could permit using it.
package mcpguard.authz

import data.mcpguard.classes
import data.mcpguard.purposes

default visible := false

visible if {
	input.subject.type == "agent"
	input.resource.type in {"tool", "resource", "prompt"}
	{"class-ceiling", "sensitivity-ceiling", "scope"} - shown == set()
	some purpose in input.subject.properties.purposes
	classes.at_most(input.action.properties.class, purpose.class)
	purposes.names(purpose.tools, input.resource.id)
	not hidden
}

# A site may hide more: any rule named `hide` in package mcpguard.site.
hidden if some _ in data.mcpguard.site.hide
