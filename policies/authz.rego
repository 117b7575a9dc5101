# METADATA
# title: The decision about one request
# description: |
#   Entry points: `decision` for a call, `visible` for a list (visible.rego).
#
#   Fails closed by its form: a call is permitted only if every required check is shown and nothing
#   refuses. A check that is undefined, because a field is missing or a builtin erred, is not shown.
#   (A negated condition would not do: `not f(input.missing)` is undefined, not true.)
package mcpguard.authz

import data.mcpguard.arguments
import data.mcpguard.classes
import data.mcpguard.purposes
import data.mcpguard.settings

decision := {
	"decision": permitted,
	"context": {"reasons": reasons, "obligations": obligations},
}

default permitted := false

permitted if {
	count(unshown) == 0
	count(refusals) == 0
}

# What must be shown, and the reason code of a call for which it is not.
required := {
	"question": "policy-denied",
	"class-ceiling": "class-exceeded",
	"sensitivity-ceiling": "class-exceeded",
	"delegation": "delegation-invalid",
	"purpose": "purpose-unregistered",
	"purpose-class": "intent-exceeded",
	"purpose-tools": "intent-exceeded",
	"intent-class": "intent-exceeded",
	"intent-tools": "intent-exceeded",
	"intent-destinations": "intent-exceeded",
	"intent-sensitivity": "intent-exceeded",
	"scope": "scope-insufficient",
	"argument-findings": "argument-refused",
	"argument-rules": "argument-refused",
	"site": "policy-denied",
}

unshown := object.keys(required) - shown

# The question itself is one this policy knows.
shown contains "question" if {
	input.subject.type == "agent"
	input.resource.properties.status == "approved"
	input.action.name in actions[input.resource.type]
}

# What can be asked about each type of resource. Anything else is a question this policy does not know.
actions := {
	"tool": {"tools/call", "tasks/get", "tasks/update", "tasks/cancel"},
	"resource": {
		"resources/read", "resources/subscribe", "resources/unsubscribe",
		"subscriptions/listen", "completion/complete",
	},
	"prompt": {"prompts/get", "completion/complete"},
	"server": {"logging/setLevel"},
}

# What the agent is registered for bounds what it may ever do.
shown contains "class-ceiling" if {
	classes.at_most(input.action.properties.class, input.subject.properties.ceiling)
}

shown contains "sensitivity-ceiling" if {
	classes.no_more_sensitive(input.resource.properties.sensitivity, input.subject.properties.sensitivity)
}

# The token's scopes are a ceiling too.
shown contains "scope" if {
	some class, scope in settings.scopes
	scope in input.subject.properties.scopes
	classes.at_most(input.action.properties.class, class)
}

# Delegated calls: every actor in the chain is one this site knows.
shown contains "delegation" if {
	is_array(input.subject.properties.delegation)
	every actor in input.subject.properties.delegation {
		actor.subject in settings.actors
	}
}

# The declared intent covers the call: by purpose, class, tool, destination, sensitivity.
shown contains covered if some covered in purposes.shown

# Rules on arguments: the registry found nothing, and this site's data is satisfied.
shown contains "argument-findings" if input.context.findings == []

shown contains "argument-rules" if arguments.satisfied

# This site's own requirements (site.rego). Without that file nothing is permitted.
shown contains "site" if {
	count(data.mcpguard.site.required - data.mcpguard.site.shown) == 0
}

# Reasons of a refusal: one for each check not shown, and each of the site's own.
refusals contains refusal if some refusal in data.mcpguard.site.deny

refusals contains {"code": code, "rule": check} if {
	some check in unshown
	not check in {"argument-findings", "scope", "site"}
	code := required[check]
}

refusals contains {"code": "policy-denied", "rule": requirement} if {
	some requirement in (data.mcpguard.site.required - data.mcpguard.site.shown)
}

refusals contains {"code": "scope-insufficient", "rule": "scope", "scope": settings.scopes[input.action.properties.class]} if {
	"scope" in unshown
}

refusals contains {"code": "argument-refused", "rule": finding.code, "argument": finding.argument} if {
	some finding in input.context.findings
}

reasons := refusals if not permitted

reasons := {{
	"code": "permitted",
	"class": input.action.properties.class,
	"purpose": input.context.intent.purpose,
}} if {
	permitted
}

# Duties that come with a permit.
obligations contains {"type": "redact", "pointers": pointers} if {
	pointers := data.mcpguard.rules.redact[input.resource.id]
}

obligations contains obligation if some obligation in data.mcpguard.site.obligations
