"""Multi-step work: today the import, later syncs, runs, digests and incidents.

Reaches vendors only through the ports in `workflows.ports`.
"""
