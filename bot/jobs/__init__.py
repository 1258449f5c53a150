"""Durable jobs on DBOS Transact: what was asked for or is due is done, whatever happens to the process.

``values`` say what a job is, ``workflows`` its steps, ``engine`` runs them in a process, ``leases`` takes over those of a dead
one, ``register`` is the operator's view. DBOS is imported with the engine only.
"""
