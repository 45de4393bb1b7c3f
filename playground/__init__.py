"""A Slack workspace on this machine, which an unmodified Bolt app connects to as to the real one.

It knows nothing of the product: it refuses to import any other room.
"""
