package mcpguard.purposes_test

import data.mcpguard.purposes

test_own_tools_need_a_purpose_that_names_them if {
	not purposes.names([], "guard/registry_list")
	purposes.names(["guard/*"], "guard/registry_list")
	purposes.names(["guard/registry_list"], "guard/registry_list")
	purposes.names([], "guardian/list")
	purposes.names([], "files/put")
}

test_patterns if {
	purposes.covers([], "files/put")
	purposes.covers(["files/put"], "files/put")
	purposes.covers(["files/*"], "files/put")
	purposes.covers(["crm/*", "files/put"], "files/put")
	not purposes.covers(["files/get"], "files/put")
	not purposes.covers(["*"], "files/put")
	not purposes.covers(["fi*"], "files/put")
	not purposes.covers(["files/p*"], "files/put")
	not purposes.covers(["filesystem/*"], "files/put")
}

test_odd_patterns_cover_nothing if {
	every odd in [null, true, 7, "", {}, {"a": "files/put"}, {"files/put"}, "files/put"] {
		not purposes.covers(odd, "files/put")
	}
}
