"""What tools that are no hosts of repositories say alike: their people, teams and services as claims.

Asks nobody. The spellings of aliases are here, so that one tool's name for a thing reads like another's.
"""
