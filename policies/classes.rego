# METADATA
# title: The orders of risk classes and sensitivities
# description: read < write < admin; public < internal < confidential < restricted. An unknown word has no rank.
package mcpguard.classes

rank := {"read": 1, "write": 2, "admin": 3}

sensitivity_rank := {"public": 1, "internal": 2, "confidential": 3, "restricted": 4}

at_most(class, ceiling) if rank[class] <= rank[ceiling]

no_more_sensitive(sensitivity, ceiling) if sensitivity_rank[sensitivity] <= sensitivity_rank[ceiling]
