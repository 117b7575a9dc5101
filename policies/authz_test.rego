package mcpguard.authz_test

import data.mcpguard.authz

# A call that is permitted; each test changes one thing of it.
call := {
	"subject": {"type": "agent", "id": "billing-bot", "properties": {
		"issuer": "https://idp.example",
		"client_id": "billing",
		"owner": "ann@example.com",
		"purposes": {
			"invoice": {"class": "write", "tools": ["files/*"]},
			"look": {"class": "read", "tools": []},
		},
		"ceiling": "write",
		"sensitivity": "confidential",
		"scopes": ["mcp:write"],
		"delegation": [],
		"authenticated_by": "jwt",
	}},
	"action": {"name": "tools/call", "properties": {
		"class": "write",
		"effects": [],
		"egress": false,
	}},
	"resource": {"type": "tool", "id": "files/put", "properties": {
		"server": "files",
		"tool": "put",
		"owner": "bob@example.com",
		"sensitivity": "internal",
		"destination": "internal",
		"definition_digest": "sha256:00",
		"status": "approved",
	}},
	"context": {
		"time": "2026-03-01T12:00:00Z",
		"intent": {
			"purpose": "invoice",
			"class": "write",
			"tools": [],
			"resources": [],
			"destinations": [],
			"source": "asserted",
		},
		"arguments": {"path": "/srv/invoices/1"},
		"findings": [],
		"protocol": "2025-11-25",
		"front": "http",
		"trace": {},
	},
}

changed(path, value) := json.patch(call, [{"op": "add", "path": path, "value": value}])

without(path) := json.patch(call, [{"op": "remove", "path": path}])

codes contains reason.code if some reason in authz.decision.context.reasons

test_call_is_permitted if {
	authz.decision.decision == true with input as call
	authz.decision.context.reasons == {{"code": "permitted", "class": "write", "purpose": "invoice"}} with input as call
	authz.decision.context.obligations == set() with input as call
}

# Changes after which the call is denied, for exactly these reasons.
denied := {
	"not an agent": {"path": "/subject/type", "value": "user", "codes": {"policy-denied"}},
	"not a tool": {"path": "/resource/type", "value": "prompt", "codes": {"policy-denied"}},
	"not a call": {"path": "/action/name", "value": "tools/list", "codes": {"policy-denied"}},
	"tool not approved": {"path": "/resource/properties/status", "value": "quarantined", "codes": {"policy-denied"}},
	"class above ceiling": {"path": "/subject/properties/ceiling", "value": "read", "codes": {"class-exceeded"}},
	"class unknown": {"path": "/action/properties/class", "value": "root", "codes": {"class-exceeded", "intent-exceeded"}},
	"tool too sensitive": {"path": "/resource/properties/sensitivity", "value": "restricted", "codes": {"class-exceeded"}},
	"sensitivity unknown": {"path": "/resource/properties/sensitivity", "value": "secret", "codes": {"class-exceeded", "intent-exceeded"}},
	"scope of a lower class": {"path": "/subject/properties/scopes", "value": ["mcp:read"], "codes": {"scope-insufficient"}},
	"scope of no meaning": {"path": "/subject/properties/scopes", "value": ["openid"], "codes": {"scope-insufficient"}},
	"no scope": {"path": "/subject/properties/scopes", "value": [], "codes": {"scope-insufficient"}},
	"actor unknown": {"path": "/subject/properties/delegation", "value": [{"subject": "mallory"}], "codes": {"delegation-invalid"}},
	"delegation no list": {"path": "/subject/properties/delegation", "value": {}, "codes": {"delegation-invalid"}},
	"actor nameless": {"path": "/subject/properties/delegation", "value": [{}], "codes": {"delegation-invalid"}},
	"purpose unregistered": {"path": "/context/intent/purpose", "value": "payroll", "codes": {"purpose-unregistered", "intent-exceeded"}},
	"purpose for reading": {"path": "/context/intent/purpose", "value": "look", "codes": {"intent-exceeded"}},
	"purpose for other tools": {"path": "/subject/properties/purposes/invoice/tools", "value": ["crm/*"], "codes": {"intent-exceeded"}},
	"intent of a lower class": {"path": "/context/intent/class", "value": "read", "codes": {"intent-exceeded"}},
	"nothing declared": {"path": "/context/intent/source", "value": "registered_default", "codes": {"intent-exceeded"}},
	"source of no name": {"path": "/context/intent/source", "value": "trust_me", "codes": {"intent-exceeded"}},
	"source null": {"path": "/context/intent/source", "value": null, "codes": {"intent-exceeded"}},
	"intent for other tools": {"path": "/context/intent/tools", "value": ["files/get"], "codes": {"intent-exceeded"}},
	"intent for other destinations": {"path": "/context/intent/destinations", "value": ["partner"], "codes": {"intent-exceeded"}},
	"intent's destinations no list": {"path": "/context/intent/destinations", "value": {"a": "internal"}, "codes": {"intent-exceeded"}},
	"intent of a lower sensitivity": {"path": "/context/intent/sensitivity", "value": "public", "codes": {"intent-exceeded"}},
	"finding on an argument": {"path": "/context/findings", "value": [{"argument": "/path", "code": "outside"}], "codes": {"argument-refused"}},
	"findings no list": {"path": "/context/findings", "value": "none", "codes": set()},
}

test_denied[note] if {
	some note, change in denied
	authz.decision.decision == false with input as changed(change.path, change.value)
	codes == change.codes with input as changed(change.path, change.value)
}

test_every_row_of_denied_is_denied if {
	rows := {note |
		some note, change in denied
		authz.decision.decision == false with input as changed(change.path, change.value)
		codes == change.codes with input as changed(change.path, change.value)
	}
	rows == object.keys(denied)
}

# Changes after which the call is still permitted.
permitted := {
	"scope of a higher class": {"path": "/subject/properties/scopes", "value": ["mcp:admin"]},
	"other scopes too": {"path": "/subject/properties/scopes", "value": ["openid", "mcp:write"]},
	"ceiling is higher": {"path": "/subject/properties/ceiling", "value": "admin"},
	"intent names the tool": {"path": "/context/intent/tools", "value": ["files/put"]},
	"intent names the server": {"path": "/context/intent/tools", "value": ["files/*"]},
	"intent names the destination": {"path": "/context/intent/destinations", "value": ["internal"]},
	"intent names the sensitivity": {"path": "/context/intent/sensitivity", "value": "internal"},
	"purpose names the tool": {"path": "/subject/properties/purposes/invoice/tools", "value": ["files/put"]},
	"intent by the issuer": {"path": "/context/intent/source", "value": "issuer_committed"},
}

test_permitted if {
	rows := {note |
		some note, change in permitted
		authz.decision.decision == true with input as changed(change.path, change.value)
	}
	rows == object.keys(permitted)
}

# Threat B7: a call is denied without any one field that the policy reads.
needed := {
	"/subject", "/subject/type", "/subject/properties", "/subject/properties/purposes",
	"/subject/properties/purposes/invoice", "/subject/properties/purposes/invoice/class",
	"/subject/properties/purposes/invoice/tools", "/subject/properties/ceiling",
	"/subject/properties/sensitivity", "/subject/properties/scopes", "/subject/properties/delegation",
	"/action", "/action/name", "/action/properties", "/action/properties/class",
	"/resource", "/resource/type", "/resource/id", "/resource/properties",
	"/resource/properties/sensitivity", "/resource/properties/destination",
	"/resource/properties/status", "/context", "/context/intent", "/context/intent/purpose",
	"/context/intent/class", "/context/intent/tools", "/context/intent/destinations",
	"/context/intent/source", "/context/findings",
}

test_no_field_dropped_permits if {
	allowed := {path |
		some path in needed
		authz.decision.decision == true with input as without(path)
	}
	allowed == {"/resource/properties/destination"}
}

test_empty_and_odd_inputs_are_denied if {
	every odd in [{}, [], null, "call", 0, true, {"subject": []}, {"context": null}] {
		authz.decision.decision == false with input as odd
	}
}

test_reading_by_registered_default if {
	reading := json.patch(call, [
		{"op": "replace", "path": "/action/properties/class", "value": "read"},
		{"op": "replace", "path": "/context/intent/class", "value": "read"},
		{"op": "replace", "path": "/context/intent/source", "value": "registered_default"},
	])
	authz.decision.decision == true with input as reading
}

test_known_actor_may_delegate if {
	delegated := changed("/subject/properties/delegation", [{"subject": "portal"}])
	authz.decision.decision == true with input as delegated
		with data.mcpguard.settings.actors as ["portal"]
}

test_every_actor_of_the_chain_must_be_known if {
	delegated := changed("/subject/properties/delegation", [{"subject": "portal"}, {"subject": "mallory"}])
	authz.decision.decision == false with input as delegated
		with data.mcpguard.settings.actors as ["portal"]
}

test_missing_scope_is_named if {
	authz.decision.context.reasons == {{"code": "scope-insufficient", "rule": "scope", "scope": "mcp:write"}} with input as changed("/subject/properties/scopes", [])
}

test_finding_is_named if {
	finding := {"argument": "/path", "code": "outside"}
	authz.decision.context.reasons == {{"code": "argument-refused", "rule": "outside", "argument": "/path"}} with input as changed("/context/findings", [finding])
}

test_redaction_is_a_duty if {
	authz.decision.context.obligations == {{"type": "redact", "pointers": ["/a"]}} with input as call
		with data.mcpguard.rules.redact as {"files/put": ["/a"]}
}

test_site_denies if {
	authz.decision.decision == false with input as call
		with data.mcpguard.site.deny as {{"code": "flow-denied", "rule": "mine"}}
	codes == {"flow-denied"} with input as call
		with data.mcpguard.site.deny as {{"code": "flow-denied", "rule": "mine"}}
}

test_site_requires if {
	authz.decision.context.reasons == {{"code": "policy-denied", "rule": "mine"}} with input as call
		with data.mcpguard.site.required as {"mine"}
}

test_site_adds_duties if {
	authz.decision.context.obligations == {{"type": "notify"}} with input as call
		with data.mcpguard.site.obligations as {{"type": "notify"}}
}

test_site_that_requires_nothing_defined_denies if {
	authz.decision.decision == false with input as call with data.mcpguard.site as {}
}

test_purpose_unregistered_for_an_agent_without_purposes if {
	authz.decision.decision == false with input as changed("/subject/properties/purposes", {})
}

# A task is asked about as the call that it came of, by actions of its own.
test_tasks_are_judged_as_their_calls if {
	every action in {"tasks/get", "tasks/update", "tasks/cancel"} {
		authz.decision.decision == true with input as changed("/action/name", action)
		under := json.patch(changed("/action/name", action), [{"op": "replace", "path": "/subject/properties/ceiling", "value": "read"}])
		authz.decision.decision == false with input as under
	}
}

test_tasks_are_denied_by_other_actions if {
	every action in {"tasks/list", "tasks/result", "tasks", "subscriptions/listen"} {
		authz.decision.decision == false with input as changed("/action/name", action)
	}
}

# The other primitives are asked about by the same ceilings, each by its own action.
reading(type, id, action) := json.patch(call, [
	{"op": "add", "path": "/resource", "value": {"type": type, "id": id, "properties": {
		"server": "files",
		"owner": "bob@example.com",
		"sensitivity": "internal",
		"destination": "internal",
		"status": "approved",
	}}},
	{"op": "add", "path": "/action/name", "value": action},
	{"op": "add", "path": "/action/properties/class", "value": "read"},
])

asked := {
	{"type": "resource", "id": "files/resource/file:///a", "actions": {
		"resources/read", "resources/subscribe", "resources/unsubscribe",
		"subscriptions/listen", "completion/complete",
	}},
	{"type": "prompt", "id": "files/prompt/greet", "actions": {"prompts/get", "completion/complete"}},
	{"type": "server", "id": "files/server", "actions": {"logging/setLevel"}},
}

test_primitives_are_permitted_by_their_own_actions if {
	every row in asked {
		every action in row.actions {
			authz.decision.decision == true with input as reading(row.type, row.id, action)
		}
	}
}

test_primitives_are_denied_by_other_actions if {
	every row in asked {
		every action in {"tools/call", "resources/list", "prompts/list", "sampling/createMessage", ""} {
			authz.decision.decision == false with input as reading(row.type, row.id, action)
		}
	}
	authz.decision.decision == false with input as reading("prompt", "files/prompt/greet", "resources/read")
	authz.decision.decision == false with input as reading("task", "files/task/1", "resources/read")
}

test_a_purpose_for_one_tool_covers_no_primitive if {
	one := json.patch(reading("prompt", "files/prompt/put", "prompts/get"), [{
		"op": "add",
		"path": "/subject/properties/purposes/invoice/tools",
		"value": ["files/put"],
	}])
	authz.decision.decision == false with input as one
}
