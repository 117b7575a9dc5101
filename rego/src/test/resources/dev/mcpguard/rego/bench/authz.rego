package mcpguard.authz

default decision := {"effect": "deny", "reasons": ["default"]}

decision := {"effect": "permit", "reasons": reasons} if {
	count(denials) == 0
	permitted
	reasons := [reason | some reason in permits]
} else := {"effect": "approve", "reasons": reasons} if {
	count(denials) == 0
	needs_approval
	reasons := ["approval"]
} else := {"effect": "deny", "reasons": reasons} if {
	count(denials) > 0
	reasons := [reason | some reason in denials]
}

agent := data.agents[input.subject.agent]

tool := data.tools[input.call.tool]

roles contains role if {
	some role in agent.roles
}

roles contains "owner" if {
	tool.owner == input.subject.agent
}

permitted if {
	count(permits) > 0
}

permits contains "read-allowed" if {
	tool.risk == "read"
	some role in roles
	role in tool.readers
}

permits contains "write-allowed" if {
	tool.risk == "write"
	some role in roles
	role in tool.writers
	within_hours
}

permits contains "granted" if {
	some grant in data.grants[input.subject.agent]
	grant.tool == input.call.tool
	grant.until > input.time
}

needs_approval if {
	tool.risk in {"write", "admin"}
	"operator" in roles
}

denials contains "blocked-agent" if {
	input.subject.agent in data.blocked
}

denials contains "unknown-tool" if {
	not data.tools[input.call.tool]
}

denials contains "path" if {
	some path in input.call.arguments.paths
	not allowed_path(path)
}

denials contains "too-large" if {
	count(input.call.arguments) > tool.max_arguments
}

allowed_path(path) if {
	some prefix in agent.prefixes
	startswith(path, prefix)
}

within_hours if {
	hour := (input.time / 3600) % 24
	hour >= 6
	hour < 22
}
