"""The vocabulary that all rooms share: refs, entities, claims, answers, errors, clock.

Stands on the standard library alone, does no I/O and knows no vendor.
"""
