"""Slack in: acknowledge, translate, make one call, render, stop. One file a conversation."""
