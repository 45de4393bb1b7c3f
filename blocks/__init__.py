"""A value in, Block Kit (or text, or JSON) out, always inside Slack's limits.

Pure: no I/O, no clock, no Slack SDK.
"""
