# METADATA
# title: This site's rules on arguments
# description: |
#   Driven by data.mcpguard.rules.arguments: {"server/tool": [{"argument", "kind", ...}]}.
#   kinds: `path` (allow: folders), `host` (allow: names, subdomains with a leading dot), `amount` (most:
#   decimal as text or number), `one-of` (allow: values), `absent`. A rule of an unknown kind refuses.
package mcpguard.arguments

rules := object.get(data.mcpguard.rules.arguments, input.resource.id, [])

# INVARIANT: shown only if every rule for this tool is shown to hold.
satisfied if {
	every rule in rules {
		holds(rule)
	}
}

holds(rule) if {
	rule.kind == "path"
	path := input.context.arguments[rule.argument]
	canonical(path)
	some folder in rule.allow
	inside(path, folder)
}

holds(rule) if {
	rule.kind == "host"
	host := lower(host_of(input.context.arguments[rule.argument]))
	some allowed in rule.allow
	host_matches(host, allowed)
}

holds(rule) if {
	rule.kind == "amount"
	amount := to_number(input.context.arguments[rule.argument])
	amount >= 0
	amount <= to_number(rule.most)
}

holds(rule) if {
	rule.kind == "one-of"
	input.context.arguments[rule.argument] in rule.allow
}

holds(rule) if {
	rule.kind == "absent"
	not rule.argument in object.keys(input.context.arguments)
}

# An absolute path with nothing in it that a server might resolve differently.
canonical(path) if {
	startswith(path, "/")
	not contains(path, "\\")
	not contains(path, "%")
	not contains(path, "\u0000")
	not contains(path, "//")
	every part in split(path, "/") {
		not part in {".", ".."}
	}
}

inside(path, folder) if path == trim_suffix(folder, "/")

inside(path, folder) if startswith(path, concat("", [trim_suffix(folder, "/"), "/"]))

host_of(value) := host if {
	parts := regex.find_all_string_submatch_n(`^https?://([A-Za-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#].*)?$`, value, 1)
	host := parts[0][1]
}

host_of(value) := value if regex.match(`^[A-Za-z0-9.-]+$`, value)

host_matches(host, allowed) if host == lower(allowed)

host_matches(host, allowed) if {
	startswith(allowed, ".")
	endswith(host, lower(allowed))
}
