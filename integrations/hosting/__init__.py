"""What hosts of repositories have in common: the facts that each fills in, and how these become claims.

Knows no vendor: `integrations.github` and `integrations.gitlab` fetch, `looks` maps.
"""
