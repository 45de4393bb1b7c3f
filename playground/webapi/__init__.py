"""Slack's Web API: one file a family of methods, each with its part of the table of methods."""
