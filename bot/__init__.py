"""Starts everything: settings, wiring, the Bolt app, the clock and the command line."""
