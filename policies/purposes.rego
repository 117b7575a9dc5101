# METADATA
# title: What a declared intent covers
# description: A purpose is registered for the agent with a class ceiling and optional tools; a declaration may only lower it.
package mcpguard.purposes

import data.mcpguard.classes

purpose := input.subject.properties.purposes[input.context.intent.purpose]

shown contains "purpose" if is_object(purpose)

shown contains "purpose-class" if classes.at_most(input.action.properties.class, purpose.class)

shown contains "purpose-tools" if names(purpose.tools, input.resource.id)

shown contains "intent-class" if {
	classes.at_most(input.action.properties.class, input.context.intent.class)
	declared_or_read
}

shown contains "intent-tools" if covers(input.context.intent.tools, input.resource.id)

shown contains "intent-destinations" if input.context.intent.destinations == []

shown contains "intent-destinations" if {
	is_array(input.context.intent.destinations)
	input.resource.properties.destination in input.context.intent.destinations
}

shown contains "intent-sensitivity" if {
	ceiling := object.get(input.context.intent, "sensitivity", "restricted")
	classes.no_more_sensitive(input.resource.properties.sensitivity, ceiling)
}

# Nothing was declared: the registered default is for reading only. A source of another name is none.
declared := {"asserted", "issuer_committed", "user_signed", "human_approved"}

declared_or_read if input.context.intent.source in declared

declared_or_read if input.action.properties.class == "read"

# covers is true if the list of patterns is empty (does not narrow) or one of them covers the tool.
# What is no list covers nothing.
covers(patterns, _) if {
	is_array(patterns)
	count(patterns) == 0
}

covers(patterns, tool) if {
	is_array(patterns)
	some pattern in patterns
	pattern in {tool, concat("", [split(tool, "/")[0], "/*"])}
}

# names is true if a purpose covers the tool; the guard's own tools only where the purpose names them.
names(patterns, tool) if {
	covers(patterns, tool)
	not own_and_unnamed(patterns, tool)
}

own_and_unnamed(patterns, tool) if {
	count(patterns) == 0
	startswith(tool, "guard/")
}
