"""What no output of a portal may hold, tried with planted credentials."""
