package mcpguard.arguments_test

import data.mcpguard.arguments

satisfied(rule, given) if {
	arguments.satisfied with input as {"resource": {"id": "s/t"}, "context": {"arguments": given}}
		with data.mcpguard.rules.arguments as {"s/t": [rule]}
}

path_rule := {"argument": "p", "kind": "path", "allow": ["/srv/in/", "/tmp"]}

test_paths_inside if {
	every path in ["/srv/in", "/srv/in/a", "/srv/in/a/b.txt", "/tmp", "/tmp/x"] {
		satisfied(path_rule, {"p": path})
	}
}

test_paths_outside if {
	every path in [
		"", "/", "/srv", "/srv/inn", "/srv/in/../x", "/srv/in/./x", "/srv/in//x", "srv/in/a",
		"/srv/in/%2e%2e/x", "/srv/in\\..\\x", "/srv/in/a\u0000", "/tmpx", "file:///tmp/x", 7, null, ["/tmp"],
	] {
		not satisfied(path_rule, {"p": path})
	}
}

host_rule := {"argument": "h", "kind": "host", "allow": ["api.example.com", ".partner.org"]}

test_hosts_allowed if {
	every host in [
		"api.example.com", "API.example.com", "https://api.example.com", "https://api.example.com/x?y#z",
		"http://api.example.com:8080/x", "https://a.partner.org", "a.b.partner.org",
	] {
		satisfied(host_rule, {"h": host})
	}
}

test_hosts_refused if {
	every host in [
		"", "example.com", "xapi.example.com", "api.example.com.evil.net", "https://evil.net/api.example.com",
		"https://api.example.com@evil.net/", "https://user:pw@api.example.com/", "https://evil.net#api.example.com",
		"partner.org", "xpartner.org", "ftp://api.example.com", "https://api.example.com\\@evil.net",
		"https://api.example.com:80:90/", "javascript:alert(1)", 7, null,
	] {
		not satisfied(host_rule, {"h": host})
	}
}

amount_rule := {"argument": "a", "kind": "amount", "most": "100.50"}

test_amounts_allowed if {
	every amount in [0, 100, 100.5, "100.50", "0", "99.999999999999999999"] {
		satisfied(amount_rule, {"a": amount})
	}
}

test_amounts_refused if {
	every amount in [-1, 100.51, "100.500000000000000001", "-0.01", "", "NaN", "100,00", "1e3", [1], {}] {
		not satisfied(amount_rule, {"a": amount})
	}
}

test_amount_may_be_bounded_by_a_number if {
	satisfied({"argument": "a", "kind": "amount", "most": 5}, {"a": "5"})
	not satisfied({"argument": "a", "kind": "amount", "most": 5}, {"a": "5.01"})
}

test_one_of if {
	rule := {"argument": "o", "kind": "one-of", "allow": ["a", 1]}
	satisfied(rule, {"o": "a"})
	satisfied(rule, {"o": 1})
	not satisfied(rule, {"o": "A"})
	not satisfied(rule, {"o": "1"})
	not satisfied(rule, {})
}

test_absent if {
	rule := {"argument": "x", "kind": "absent"}
	satisfied(rule, {})
	satisfied(rule, {"y": 1})
	not satisfied(rule, {"x": null})
	not satisfied(rule, {"x": 1})
}

test_missing_argument_refuses if {
	every rule in [path_rule, host_rule, amount_rule] {
		not satisfied(rule, {})
	}
}

test_unknown_kind_refuses if {
	not satisfied({"argument": "x", "kind": "regex"}, {"x": "y"})
	not satisfied({"argument": "x"}, {"x": "y"})
}

test_every_rule_must_hold if {
	given := {"resource": {"id": "s/t"}, "context": {"arguments": {"p": "/tmp/x", "a": 500}}}
	not arguments.satisfied with input as given
		with data.mcpguard.rules.arguments as {"s/t": [path_rule, amount_rule]}
	arguments.satisfied with input as given
		with data.mcpguard.rules.arguments as {"s/t": [path_rule]}
}

test_tools_without_rules_are_satisfied if {
	arguments.satisfied with input as {"resource": {"id": "s/t"}, "context": {"arguments": {}}}
		with data.mcpguard.rules.arguments as {}
}

test_nothing_is_satisfied_of_an_unknown_tool if {
	not arguments.satisfied with input as {"context": {"arguments": {}}}
}

test_nothing_is_satisfied_without_the_rules if {
	not arguments.satisfied with input as {"resource": {"id": "s/t"}} with data.mcpguard.rules as {}
}
