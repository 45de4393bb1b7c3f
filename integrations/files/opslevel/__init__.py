"""OpsLevel's descriptors: opslevel.yml."""
