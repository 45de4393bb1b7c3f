"""Measures the promised figures on this machine and prints them as a table; a miss is shown, not raised."""
