"""Words in, answer out, the same for Slack, the command line and whatever comes next.

Renders nothing and knows no surface.
"""
