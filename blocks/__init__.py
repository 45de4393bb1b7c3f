"""A value in, Block Kit or text out, always inside Slack's limits. Pure: no I/O, no state."""
