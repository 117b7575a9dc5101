package mcpguard.visible_test

import data.mcpguard.authz

tool := {
	"subject": {"type": "agent", "id": "bot", "properties": {
		"purposes": {"look": {"class": "write", "tools": ["files/*"]}},
		"ceiling": "write",
		"sensitivity": "internal",
		"scopes": ["mcp:write"],
		"delegation": [],
	}},
	"action": {"name": "tools/list", "properties": {"class": "write"}},
	"resource": {"type": "tool", "id": "files/put", "properties": {
		"sensitivity": "internal",
		"destination": "internal",
		"status": "approved",
	}},
	"context": {},
}

changed(path, value) := json.patch(tool, [{"op": "add", "path": path, "value": value}])

test_shown if authz.visible == true with input as tool

test_other_primitives_are_shown if {
	every type in {"resource", "prompt"} {
		authz.visible == true with input as changed("/resource/type", type)
	}
}

hiding := {
	"not an agent": {"path": "/subject/type", "value": "user"},
	"not listable": {"path": "/resource/type", "value": "server"},
	"class above ceiling": {"path": "/subject/properties/ceiling", "value": "read"},
	"too sensitive": {"path": "/resource/properties/sensitivity", "value": "restricted"},
	"no scope": {"path": "/subject/properties/scopes", "value": ["mcp:read"]},
	"no purpose": {"path": "/subject/properties/purposes", "value": {}},
	"purpose for reading": {"path": "/subject/properties/purposes/look/class", "value": "read"},
	"purpose for other tools": {"path": "/subject/properties/purposes/look/tools", "value": ["crm/*"]},
}

test_hidden if {
	rows := {note |
		some note, change in hiding
		authz.visible == false with input as changed(change.path, change.value)
	}
	rows == object.keys(hiding)
}

test_hidden_without_any_one_field if {
	every path in [
		"/subject", "/subject/type", "/subject/properties", "/subject/properties/purposes",
		"/subject/properties/ceiling", "/subject/properties/sensitivity", "/subject/properties/scopes",
		"/action", "/action/properties", "/action/properties/class", "/resource", "/resource/type",
		"/resource/id", "/resource/properties", "/resource/properties/sensitivity",
	] {
		authz.visible == false with input as json.patch(tool, [{"op": "remove", "path": path}])
	}
}

test_site_hides if {
	authz.visible == false with input as tool with data.mcpguard.site.hide as {"maintenance"}
}

test_a_call_of_a_listed_question_is_denied if {
	authz.decision.decision == false with input as tool
}
