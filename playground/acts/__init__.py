"""What people do in the workspace: say, command, press, submit, look; one file a kind of act."""
