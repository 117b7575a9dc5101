package mcpguard.site_test

import data.mcpguard.site

question(sensitivity, destination) := {"resource": {"properties": {
	"sensitivity": sensitivity,
	"destination": destination,
}}}

test_restricted_stays_inside if {
	not "restricted-stays-inside" in site.shown with input as question("restricted", "internet")
	"restricted-stays-inside" in site.shown with input as question("restricted", "internal")
	"restricted-stays-inside" in site.shown with input as question("restricted", "partner")
	"restricted-stays-inside" in site.shown with input as question("confidential", "internet")
}

test_nothing_is_shown_of_an_unknown_tool if {
	site.shown == set() with input as {}
}
