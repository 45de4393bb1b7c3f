"""Evidence on who owns a repository, one file a kind of evidence: permissions, topics, merges.

Each is a claimant of its own, so that a person sees what speaks for whom; none creates anything.
"""
