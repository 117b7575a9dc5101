package mcpguard.classes_test

import data.mcpguard.classes

test_classes_are_ordered if {
	order := ["read", "write", "admin"]
	every i, low in order {
		every j, high in order {
			holds := {true | classes.at_most(low, high)}
			count(holds) == count([1 | i <= j])
		}
	}
}

test_sensitivities_are_ordered if {
	order := ["public", "internal", "confidential", "restricted"]
	every i, low in order {
		every j, high in order {
			holds := {true | classes.no_more_sensitive(low, high)}
			count(holds) == count([1 | i <= j])
		}
	}
}

test_unknown_words_have_no_rank if {
	every odd in ["", "Read", "root", null, 1, ["read"], {}] {
		not classes.at_most(odd, "admin")
		not classes.at_most("read", odd)
		not classes.no_more_sensitive(odd, "restricted")
		not classes.no_more_sensitive("public", odd)
	}
}
