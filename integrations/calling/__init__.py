"""How a vendor's API is asked: the one place that waits, retries and keeps to the configured host.

Knows no vendor. Adapters without an SDK of their own ask through `client.Caller`; those with one use
`retrying.patiently`, so that nobody else retries.
"""
