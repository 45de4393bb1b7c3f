"""The commands of the command line, one module each, with a `run` that returns the exit code."""
