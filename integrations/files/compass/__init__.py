"""Atlassian Compass's descriptors: compass.yml."""
