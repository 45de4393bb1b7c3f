"""Cortex's entity descriptors: cortex.yaml."""
