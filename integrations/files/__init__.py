"""Files and folders on this machine as a source: one reader a format, listed in `registry`."""
